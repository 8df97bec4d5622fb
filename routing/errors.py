"""Refusals that a person reads. Each carries the key of a text and its values; everything else is a bug."""

from collections.abc import Mapping


class DeskError(Exception):
    """A refusal with a text key of `bot/texts` (`error.<key>`) and the values it needs."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values: Mapping[str, object] = values


class UnknownTicketError(DeskError):
    """There is no such ticket, or this person may not know that there is."""


class NotAllowedError(DeskError):
    """The person may not make this move."""


class WrongMomentError(DeskError):
    """The ticket's state forbids the move, or somebody was quicker."""


class BadValueError(DeskError):
    """A value is missing or makes no sense: a reason that is not listed, a date that is past."""
