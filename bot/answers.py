"""Answers as plain text and back: what the once-only key keeps, and what waits in the outbox."""

import json
from collections.abc import Mapping

from bot.channel import Answer
from routing.messages import Button, Outbound


def encode_answer(answer: Answer) -> str:
    plain = {"messages": [to_plain(each) for each in answer.messages], "ticket": answer.ticket_number}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def decode_answer(text: str) -> Answer:
    plain = json.loads(text)
    return Answer(tuple(outbound_from(each) for each in plain["messages"]), plain["ticket"])


def outbound_from(plain: Mapping[str, object]) -> Outbound:
    """The message that `encode_answer` and the outbox keep as plain values."""
    rows = plain.get("buttons", [])
    buttons = tuple(tuple(Button(*each) for each in row) for row in rows)  # type: ignore[attr-defined]
    return Outbound(text=str(plain["text"]), buttons=buttons)


def to_plain(message: Outbound) -> dict[str, object]:
    rows = [[[each.label, each.say] for each in row] for row in message.buttons]
    return {"text": message.text, "buttons": rows} if rows else {"text": message.text}
