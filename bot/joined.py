"""Several neighbours who told of one matter while their words waited: one message, with what each of them said."""

from collections.abc import Sequence

from bot.texts import say
from bot.wording import Reading
from routing.events import SAME_MATTER
from routing.messages import Outbound
from routing.notice_kinds import Notice, NoticeKind
from routing.outgoing import Parcel

LONGEST_LINE = 60
"""More of what one of many said is read with 详情."""


def are_words_of_a_neighbour(notice: Notice) -> bool:
    """Joined by what was told, so that whoever has it should read the words and may part it again."""
    is_joined = notice.kind is NoticeKind.JOINED and notice.values.get("reason") == SAME_MATTER
    return is_joined and bool(notice.values.get("from"))


def told_of_the_same(wanted: Sequence[Parcel]) -> list[Parcel]:
    """The rows that tell, like the first, of neighbours who joined its ticket; the first alone where it does not."""
    first, *others = wanted
    if not are_words_of_a_neighbour(first.notice):
        return [first]
    number = first.notice.ticket_number
    same = (each for each in others if each.notice.ticket_number == number)
    return [
        first,
        *(each for each in same if are_words_of_a_neighbour(each.notice) and not each.maybe_repeat),
    ]


def word_joined(notices: Sequence[Notice], reading: Reading, *, max_bytes: int) -> tuple[Outbound, int]:
    """The message, and how many of the notices it holds."""
    lines: list[str] = []
    for each in notices:
        longer = _word([*lines, _line(each, reading)], notices, reading)
        if lines and len(longer.encode()) > max_bytes:
            break
        lines.append(_line(each, reading))
    return Outbound(_word(lines, notices, reading)), len(lines)


def _word(lines: Sequence[str], notices: Sequence[Notice], reading: Reading) -> str:
    return say(
        "notice.joined_several",
        number=reading.ticket.number,
        category=reading.hierarchy.get_category(reading.ticket.category).name,
        reporters=reading.ticket.reporters,
        lines="\n".join(lines),
        example=notices[len(lines) - 1].values["from"],
    )


def _line(notice: Notice, reading: Reading) -> str:
    said = " ".join(reading.shown(notice.values.get("words", "")).split())
    cut = said if len(said) <= LONGEST_LINE else f"{said[:LONGEST_LINE]}…"
    return say("notice.joined_line", own=notice.values["from"], text=cut)
