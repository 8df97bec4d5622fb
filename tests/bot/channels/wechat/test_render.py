"""Outbound messages in the vendor's three shapes, always within its limits."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.render import (
    list_template_fields,
    render_customer_message,
    render_passive,
    render_template,
    render_text,
)
from routing.messages import Button, Link, Outbound
from tests.bot.channels.wechat.front_door import NOON
from tests.wechat_vendor import read_fields

URGE = ((Button("催办", "催办 1024"), Button("撤回", "撤回 1024")),)
FIELDS = ("thing1", "character_string2", "thing3", "time4", "phrase5", "date6", "number7")
messages = st.builds(
    Outbound,
    st.text(max_size=3000),
    st.lists(
        st.lists(st.builds(Button, st.text(max_size=8), st.text(max_size=16)), max_size=3).map(tuple)
    ).map(tuple),
)


def template_values(message: Outbound, fields: tuple[str, ...] = FIELDS, **more: object) -> dict[str, str]:
    sent = render_template(
        message, to="o1", template_id="t", fields=fields, url="https://liren.test", key="k", now=NOON
    )
    data = sent["data"]
    assert isinstance(data, dict)
    return {name: field["value"] for name, field in data.items()}


# --- text -----------------------------------------------------------------------------------------------------------


def test_buttons_become_words_to_type():
    assert render_text([Outbound("工单 1024", URGE)]) == "工单 1024\n\n可回复：催办 1024 · 撤回 1024"


def test_label_that_its_words_do_not_hold_is_shown_too():
    assert render_text([Outbound("", ((Button("满意", "1"),),))]) == "可回复：1 满意"


def test_words_to_type_are_kept_where_the_text_is_too_long():
    text = render_text([Outbound("楼" * 3000, URGE)])

    assert text.endswith("…\n\n可回复：催办 1024 · 撤回 1024")
    assert 2040 < len(text.encode()) <= 2048


def test_nothing_to_say_is_nothing():
    assert render_text([]) == render_text([Outbound(" \x00")]) == ""


@given(st.lists(messages, max_size=3))
def test_text_is_always_within_the_limit_and_readable(several: list[Outbound]):
    text = render_text(several)
    xml = render_passive(text, to="o1", sender="gh_1", now=NOON)

    fields = read_fields(xml.encode())

    assert len(text.encode()) <= 2048
    assert fields == {**fields, "ToUserName": "o1", "FromUserName": "gh_1", "Content": text}


# --- customer service -----------------------------------------------------------------------------------------------


def test_text_without_buttons_is_a_text():
    assert render_customer_message(Outbound("好的"), to="o1") == {
        "touser": "o1",
        "msgtype": "text",
        "text": {"content": "好的"},
    }


@pytest.mark.parametrize(("count", "kind"), [(0, "text"), (1, "msgmenu"), (5, "msgmenu"), (6, "text")])
def test_few_buttons_are_a_menu(count: int, kind: str):
    rows = tuple((Button("催办", f"催办 {number}"),) for number in range(count))

    assert render_customer_message(Outbound("请选择", rows), to="o1")["msgtype"] == kind


def test_menu_leaves_no_room_for_a_long_text():
    assert render_customer_message(Outbound("楼" * 682, URGE), to="o1")["msgtype"] == "text"


def test_link_of_a_person_is_no_link():
    sent = render_customer_message(Outbound('<a href="http://evil.test">点我领奖</a>'), to="o1")

    assert sent["text"] == {"content": '＜a href="http://evil.test">点我领奖＜/a>'}


# --- template -------------------------------------------------------------------------------------------------------


def test_fields_of_a_template_are_read_in_order():
    content = "{{first.DATA}}\n编号：{{character_string1.DATA}}\n{{ thing12.DATA }}\n{{broken}}"

    assert list_template_fields(content) == ("first", "character_string1", "thing12")


def test_each_field_gets_what_its_kind_allows():
    message = Outbound("您反映的21栋2单元电梯故障已由物业认领，预计今天18:00 前答复，请留意。", URGE)

    assert template_values(message) == {
        "thing1": "您反映的21栋2单元电梯故障已由物业认领",
        "character_string2": "1024",
        "thing3": "，预计今天18:00 前答复，请留意。",
        "time4": "2026年11月23日 12:00",
        "phrase5": "有新进展",
        "date6": "2026年11月23日 12:00",
        "number7": "1024",
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("工单 1024 已办结", "1024"),
        ("3号楼 #77 已办结", "77"),
        ("3号楼水管", "0"),
        ("13800000000", "13800000000"),
    ],
)
def test_ticket_number_is_found_in_the_text(text: str, number: str):
    assert template_values(Outbound(text))["number7"] == number


def test_midnight_in_shanghai_is_another_day():
    sent = render_template(
        Outbound("好"),
        to="o1",
        template_id="t",
        fields=("time1",),
        url="",
        key="k",
        now=datetime(2026, 12, 31, 16, 5, tzinfo=UTC),
    )

    assert sent["data"] == {"time1": {"value": "2027年1月1日 00:05"}}


@given(messages)
def test_template_is_always_within_the_limits(message: Outbound):
    values = template_values(message)

    assert all(0 < len(values[name]) <= 20 for name in ("thing1", "thing3"))
    assert values["number7"].isascii()
    assert 1 <= len(values["character_string2"]) <= 32
    assert not any("\n" in value for value in values.values())


@pytest.mark.parametrize("key", ["k" * 32, "k" * 33, "", "工单"])
def test_once_only_id_fits_and_is_the_same_each_time(key: str):
    first, second = (
        render_template(Outbound("好"), to="o", template_id="t", fields=(), url="", key=key, now=NOON)[
            "client_msg_id"
        ]
        for _ in range(2)
    )

    assert first == second
    assert 1 <= len(str(first)) <= 32
    assert str(first).isascii()


LINK = Link("在手机上办理", "https://liren.test/work/sign-in?key=a.b")


def test_link_stands_below_the_words():
    sent = render_customer_message(Outbound("新工单", link=LINK), to="o")

    assert sent["text"] == {"content": f"新工单\n\n在手机上办理：{LINK.url}"}


def test_link_stands_below_a_menu():
    sent = render_customer_message(
        Outbound("新工单", buttons=((Button("认领", "认领 1024"),),), link=LINK), to="o"
    )

    assert sent["msgmenu"]["tail_content"] == f"在手机上办理：{LINK.url}"


def test_link_is_never_cut():
    assert render_text((Outbound("长" * 2000, link=LINK),)).endswith(f"…\n\n在手机上办理：{LINK.url}")


def test_words_that_the_text_tells_already_are_not_told_twice():
    row = (Button("查进度", "进度 1024"), Button("催办", "催办 1024"))

    text = render_text([Outbound("想知道进展，回复“进度 1024”。", buttons=(row,))])

    assert text == "想知道进展，回复“进度 1024”。\n\n可回复：催办 1024"
