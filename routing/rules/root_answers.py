"""Nobody at all can hear: the ticket still has an owner, the desk at the top, and an alarm follows."""

from routing.ladder import root_desk
from routing.rules.placement import Placement, Question


def root_answers(question: Question) -> Placement:
    rung = root_desk(question.hierarchy, can_hear=question.can_hear)
    why = "各级都联系不上，先记在最上级，请尽快接通"
    return Placement(rung.node.node_id, rung.node.level, rung.group.group_id, "root_answers", why)
