"""A member of staff asks for the way to their pages: a letter of its own, which gets its link when it is sent.

So the link, which signs them in, is never stored with the answer.
"""

import json

from bot.answers import to_plain
from bot.channel import Answer
from bot.packing import WORK_LINK
from bot.texts import say
from bot.turn import Turn, reply
from routing.messages import Outbound
from routing.notice_kinds import Hearer, Notice, NoticeKind

_WORDS = frozenset({"工作台", "手机工作台", "我的工作台", "workbench", "work"})


def is_work_link_wanted(text: str) -> bool:
    return text.strip().lstrip("/").strip(" 。.!！").casefold() in _WORDS


def answer_work_link(turn: Turn) -> Answer:
    if not turn.inbound.private:
        return reply("answer.work_link_alone")
    address = turn.inbound.address
    message = to_plain(Outbound(say("answer.work_link")))
    values = {"message": json.dumps(message, ensure_ascii=False), WORK_LINK: "yes"}
    notice = Notice(NoticeKind.ANSWER, Hearer("chat", address.chat), 0, 0, urgent=True, values=values)
    turn.store.outbox.add(notice, [address], now=turn.now)
    return Answer()
