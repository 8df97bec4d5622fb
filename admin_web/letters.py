"""Why a letter did not arrive and what to do about it, as keys of words: from its state and what the vendor said."""

from collections.abc import Sequence

from admin_web.ports import OutboxItem
from routing.outgoing import SendState

GROUP, STAFF, RESIDENT = "group", "staff", "resident"

# The first that stands in the detail says why; in the channels' own words, or those that Telegram sends.
_SIGNS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("held", ("held:",)),
    ("window", ("48 hours", "window")),
    (
        "gone",
        (
            "no such person",
            "does not follow",
            "black list",
            "refused notifications",
            "blocked",
            "kicked",
            "not a member",
            "not found",
            "deactivated",
            "forbidden:",
            "peer_id_invalid",
            "write_forbidden",
            "rights",
            "removed",
        ),
    ),
    (
        "settings",
        (
            "liren_",
            "allow-list",
            "interface",
            "template",
            "frozen",
            "token",
            "unauthorized",
            "address",
            "restricted",
        ),
    ),
    ("given_up", ("given up",)),
    (
        "refused",
        ("forbidden", "too long", "empty", "malformed", "nothing that could be shown", "refused", "parse"),
    ),
)


def hearer_of(item: OutboxItem) -> str:
    """Group, staff or resident."""
    kind = item.hearer.partition(":")[0]
    return kind if kind in {GROUP, STAFF} else RESIDENT


def reason_of(item: OutboxItem) -> str:
    """The key of words after `letter.why.`."""
    if item.state is SendState.UNREACHABLE:
        return "no_way"
    if item.state is SendState.UNKNOWN:
        return "unknown"
    return _reason_in(item.detail)


def is_gone(detail: str) -> bool:
    """Whether a vendor says by this that nobody is there to read, or that the bot is not there any more."""
    return _reason_in(detail) == "gone"


def _reason_in(detail: str) -> str:
    said = detail.lower()
    return next((reason for reason, signs in _SIGNS if any(each in said for each in signs)), "other")


def advice_of(item: OutboxItem) -> str:
    """The whole key of what to do: where nobody can be reached it depends on who it is."""
    reason = reason_of(item)
    return f"letter.do.{reason}.{hearer_of(item)}" if reason in {"no_way", "gone"} else f"letter.do.{reason}"
