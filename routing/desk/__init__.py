"""The verbs people have. Each checks the moment and the right, makes one change and says what happened."""

from routing.desk.desk import Desk
from routing.desk.ending import close, decline, rate, reopen, resolve, withdraw
from routing.desk.handling import (
    add_for_reporter,
    add_note,
    claim,
    escalate,
    hand_back,
    question,
    release,
    transfer,
    urge,
)
from routing.desk.opening import Opened, Report, add_words, find_to_join, open_ticket
from routing.desk.sorting import confirm, locate, make_urgent, merge, part, sort, sort_as_told
from routing.desk.waiting import approve_pause, pause, refuse_pause, resume

__all__ = [
    "Desk",
    "Opened",
    "Report",
    "add_for_reporter",
    "add_note",
    "add_words",
    "approve_pause",
    "claim",
    "close",
    "confirm",
    "decline",
    "escalate",
    "find_to_join",
    "hand_back",
    "locate",
    "make_urgent",
    "merge",
    "open_ticket",
    "part",
    "pause",
    "question",
    "rate",
    "refuse_pause",
    "release",
    "reopen",
    "resolve",
    "resume",
    "sort",
    "sort_as_told",
    "transfer",
    "urge",
    "withdraw",
]
