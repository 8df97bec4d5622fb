"""Routing rules, one file each, in the order they are asked; the first that fits places the ticket and says why."""

from routing.rules.placement import Placement, Question, Rule
from routing.rules.root_answers import root_answers
from routing.rules.staff_nearby import staff_nearby
from routing.rules.starts_at import starts_at

RULES: tuple[Rule, ...] = (starts_at, staff_nearby, root_answers)


def place(question: Question) -> Placement:
    """Where a new ticket goes first. The last rule always answers."""
    return next(found for rule in RULES if (found := rule(question)) is not None)
