"""The explanation of a route as a person reads it."""

from datetime import UTC, datetime

from app.commands.route import say_route
from tests.builders import a_hierarchy
from understanding.learning.learned_reader import LearnedReader
from understanding.learning.lessons import Lesson
from understanding.learning.training import learn

TREE = a_hierarchy()
HOME = TREE.groups["xingfuli-b1-residents"]
AT = datetime(2026, 11, 24, 2, tzinfo=UTC)


def test_what_is_no_report_is_said_to_make_no_ticket():
    chatter = say_route(TREE, "今天天气真好", group=HOME, at=AT, reader=LearnedReader())
    report = say_route(TREE, "电梯坏了", group=HOME, at=AT, reader=LearnedReader())

    assert "note      no ticket is made of a text read as chatter" in chatter
    assert "no ticket" not in report


def test_the_admin_s_keyword_is_named_as_the_reason():
    said = say_route(TREE, "楼上漏水了", group=HOME, at=AT, reader=LearnedReader())

    assert "管理员关键词“漏水”" in said
    assert "reader    the words of the file" in said


def test_what_was_learned_is_in_force_here_too_and_says_how_sure_it_is():
    lessons = [
        Lesson(f"{text}{end}", category)
        for text, category in (("水管一直在滴答", "water"), ("空调外机嗡嗡响一整夜", "noise"))
        for end in (
            "",
            "啊",
            "怎么办",
            "好几天了",
            "没人管",
            "真受不了",
            "请来看看",
            "又来了",
            "半夜也是",
            "谁管",
        )
    ]
    reader = LearnedReader(learn(lessons).model)

    said = say_route(TREE, "隔壁空调外机嗡嗡嗡", group=HOME, at=AT, reader=reader)

    assert "category  noise 噪音扰民" in said
    assert "学到的：" in said
    assert "把握 " in said
    assert "reader    what was learned" in said


def test_the_building_that_the_words_name_comes_before_the_group_s():
    said = say_route(TREE, "2号楼电梯坏了", group=HOME, at=AT, reader=LearnedReader())

    assert "about     xingfuli-b2 2号楼" in said
