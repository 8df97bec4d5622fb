"""The explanation of a route as a person reads it."""

from datetime import UTC, datetime

from app.commands.route import say_route
from tests.builders import a_hierarchy

TREE = a_hierarchy()
HOME = TREE.groups["xingfuli-b1-residents"]
AT = datetime(2026, 11, 24, 2, tzinfo=UTC)


def test_what_is_no_report_is_said_to_make_no_ticket():
    chatter = say_route(TREE, "今天天气真好", group=HOME, at=AT)
    report = say_route(TREE, "电梯坏了", group=HOME, at=AT)

    assert "note      no ticket is made of a text read as chatter" in chatter
    assert "no ticket" not in report
