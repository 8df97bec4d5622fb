"""What the bot asked and still waits for: put down with its question, taken up when the answer comes."""

from datetime import datetime, timedelta

from bot.ports import StoreUnit
from bot.turn import Turn
from routing.messages import Address
from routing.people import Dialog

PLACE = "place"
REPORT = "report"
RATING_WORDS = "rating_words"
CATEGORY = "category"
ANSWER = "answer"
MATTER = "matter"
"""What somebody wants to tell a person and no machine."""
YES = frozenset({"要", "是", "是的", "好", "好的", "嗯", "对", "需要", "1", "yes", "y", "ok"})
WAITS_FOR = timedelta(minutes=15)
PLACE_WAITS_FOR = timedelta(days=2)
"""Where a person lives may be answered later than a half-said command."""
ANSWER_WAITS_FOR = timedelta(days=2)
"""And so may what staff want to know."""


def ask(turn: Turn, awaits: str, *, said: str = "", waits_for: timedelta = WAITS_FOR) -> None:
    """Remembers the question for this speaker in this chat; where they live is still awaited after it."""
    _remember(
        turn.store,
        turn.inbound.address,
        turn.inbound.speaker.user,
        awaits,
        said=said,
        now=turn.now,
        waits_for=waits_for,
    )


def await_answer(store: StoreUnit, address: Address, user: str, *, number: int, now: datetime) -> None:
    """Somebody was shown what staff want to know about their ticket, and may answer as if a person had asked."""
    _remember(store, address, user, ANSWER, said=str(number), now=now, waits_for=ANSWER_WAITS_FOR)


def _remember(
    store: StoreUnit,
    address: Address,
    user: str,
    awaits: str,
    *,
    said: str,
    now: datetime,
    waits_for: timedelta,
) -> None:
    asked = store.dialogs.find(address, user, now=now) if awaits != PLACE else None
    place_for = _place_awaited_for(asked)
    store.dialogs.put(
        Dialog(
            channel=address.channel,
            account=address.account,
            chat=address.chat,
            user=user,
            awaits=awaits,
            said=said,
            expires_at=now + waits_for,
            values=((PLACE, place_for),) if place_for else (),
        )
    )


def find_asked(turn: Turn) -> Dialog | None:
    return turn.store.dialogs.find(turn.inbound.address, turn.inbound.speaker.user, now=turn.now)


def forget(turn: Turn) -> None:
    turn.store.dialogs.drop(turn.inbound.address, turn.inbound.speaker.user)


def ask_place(turn: Turn, number: int) -> bool:
    """Where does the reporter of this ticket live? False when that was asked already: one answer is for all of them."""
    waiting = _place_awaited_for(find_asked(turn))
    said = f"{waiting} {number}" if waiting else str(number)
    ask(turn, PLACE, said=said, waits_for=PLACE_WAITS_FOR)
    return waiting is None


def settle(turn: Turn, asked: Dialog) -> None:
    """The question is answered, or let drop; one for the place that it had pushed aside is open again."""
    place_for = _place_awaited_for(asked) if asked.awaits != PLACE else None
    if place_for is None:
        forget(turn)
    else:
        ask(turn, PLACE, said=place_for, waits_for=PLACE_WAITS_FOR)


def _place_awaited_for(asked: Dialog | None) -> str | None:
    """The numbers of the tickets whose place is awaited, now or after the question that is asked just now."""
    if asked is None:
        return None
    return asked.said if asked.awaits == PLACE else dict(asked.values).get(PLACE)
