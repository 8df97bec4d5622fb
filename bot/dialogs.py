"""What the bot asked and still waits for: put down with its question, taken up when the answer comes."""

from datetime import timedelta

from bot.turn import Turn
from routing.people import Dialog

WAITS_FOR = timedelta(minutes=15)
PLACE_WAITS_FOR = timedelta(days=2)
"""Where a person lives may be answered later than a half-said command."""


def ask(turn: Turn, awaits: str, *, said: str = "", waits_for: timedelta = WAITS_FOR) -> None:
    """Remembers the question for this speaker in this chat."""
    address = turn.inbound.address
    turn.store.dialogs.put(
        Dialog(
            channel=address.channel,
            account=address.account,
            chat=address.chat,
            user=turn.inbound.speaker.user,
            awaits=awaits,
            said=said,
            expires_at=turn.now + waits_for,
        )
    )


def find_asked(turn: Turn) -> Dialog | None:
    return turn.store.dialogs.find(turn.inbound.address, turn.inbound.speaker.user, now=turn.now)


def forget(turn: Turn) -> None:
    turn.store.dialogs.drop(turn.inbound.address, turn.inbound.speaker.user)
