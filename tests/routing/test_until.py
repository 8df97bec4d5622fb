"""Reading until when, as people write it. It is Tuesday 24 November 2026, 09:00 in Shanghai."""

from datetime import UTC, datetime, timedelta

import pytest

from routing.errors import BadValueError
from routing.until import parse_until
from tests.builders import TUESDAY_NINE


def closing(year: int, month: int, day: int) -> datetime:
    """18:00 in Shanghai."""
    return datetime(year, month, day, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "ahead"),
    [
        ("30分钟 等人", timedelta(minutes=30)),
        ("45分", timedelta(minutes=45)),
        ("2小时后 等人", timedelta(hours=2)),
        ("2个小时", timedelta(hours=2)),
        ("3天 等人", timedelta(days=3)),
        ("3 日内", timedelta(days=3)),
        ("1周，等人", timedelta(weeks=1)),
        ("2个星期", timedelta(weeks=2)),
        ("1个月", timedelta(days=30)),
        ("三天 等人", timedelta(days=3)),
        ("两周", timedelta(weeks=2)),
        ("十天", timedelta(days=10)),
        ("十五天", timedelta(days=15)),
        ("二十天", timedelta(days=20)),
        ("一个月", timedelta(days=30)),
        ("半个月 等配件", timedelta(days=15)),
        ("一个半月", timedelta(days=45)),
        ("半年", timedelta(days=182)),
        ("半天", timedelta(hours=4)),
        ("半个小时", timedelta(minutes=30)),
        ("两三天 等人", timedelta(days=3)),
        ("3-5天 等人", timedelta(days=5)),
        ("三到五天", timedelta(days=5)),
        ("过几天", timedelta(days=3)),
        ("大概三天左右", timedelta(days=3)),
        ("5个工作日", timedelta(days=7)),
        ("90 min", timedelta(minutes=90)),
        ("2hours", timedelta(hours=2)),
        ("5d", timedelta(days=5)),
        ("1w", timedelta(weeks=1)),
    ],
)
def test_a_span_counts_from_now(said: str, ahead: timedelta):
    assert parse_until(said, TUESDAY_NINE, timezone="Asia/Shanghai")[0] == TUESDAY_NINE + ahead


@pytest.mark.parametrize(
    ("said", "until_at"),
    [
        ("今天", closing(2026, 11, 24)),
        ("明天 等配件", closing(2026, 11, 25)),
        ("后天", closing(2026, 11, 26)),
        ("大后天", closing(2026, 11, 27)),
        ("tomorrow", closing(2026, 11, 25)),
        ("周五", closing(2026, 11, 27)),
        ("到星期天", closing(2026, 11, 29)),
        ("周二", closing(2026, 11, 24)),
        ("下周二", closing(2026, 12, 1)),
        ("下周一", closing(2026, 11, 30)),
        ("12月1日 等配件", closing(2026, 12, 1)),
        ("至12-01", closing(2026, 12, 1)),
        ("2026-12-01", closing(2026, 12, 1)),
        ("2027年1月5日", closing(2027, 1, 5)),
        ("1月5号", closing(2027, 1, 5)),
        ("到下个月 等业主", closing(2026, 12, 1)),
        ("下月初", closing(2026, 12, 1)),
        ("下个月十号", closing(2026, 12, 10)),
        ("下个月中旬", closing(2026, 12, 15)),
        ("下下个月底", closing(2027, 1, 31)),
        ("月底", closing(2026, 11, 30)),
        ("到月初", closing(2026, 12, 1)),
        ("本月底", closing(2026, 11, 30)),
        ("12月底", closing(2026, 12, 31)),
        ("3月", closing(2027, 3, 1)),
        ("十一月底", closing(2026, 11, 30)),
        ("年底", closing(2026, 12, 31)),
        ("明年3月", closing(2027, 3, 1)),
        ("明年", closing(2027, 1, 1)),
        ("到5日", closing(2026, 12, 5)),
        ("25号", closing(2026, 11, 25)),
        ("元旦后", closing(2027, 1, 4)),
        ("元旦前", closing(2026, 12, 31)),
        ("春节后", closing(2027, 2, 9)),
        ("过完年", closing(2027, 2, 9)),
        ("年后", closing(2027, 2, 9)),
        ("年前", closing(2027, 2, 4)),
        ("过了五一", closing(2027, 5, 3)),
        ("国庆后", closing(2027, 10, 4)),
        ("十一以后", closing(2027, 10, 4)),
        ("节后", closing(2027, 1, 4)),
        ("下周", closing(2026, 11, 30)),
        ("下下周三", closing(2026, 12, 9)),
        ("周末", closing(2026, 11, 28)),
        ("周五之前", closing(2026, 11, 27)),
        ("明天上午", datetime(2026, 11, 25, 4, tzinfo=UTC)),
        ("明天下午三点半", datetime(2026, 11, 25, 7, 30, tzinfo=UTC)),
        ("今晚8点", datetime(2026, 11, 24, 12, tzinfo=UTC)),
        ("周五10:30", datetime(2026, 11, 27, 2, 30, tzinfo=UTC)),
    ],
)
def test_a_day_ends_when_the_offices_close(said: str, until_at: datetime):
    assert parse_until(said, TUESDAY_NINE, timezone="Asia/Shanghai")[0] == until_at


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("3天 等配件", "等配件"),
        ("周五，等住户回来。", "等住户回来"),
        ("12月1日：等拨款", "等拨款"),
        ("明天", ""),
        ("到下个月 等第3天的配件", "等第3天的配件"),
        ("等下周，配件到", "配件到"),
        ("两三天左右 等人", "等人"),
    ],
)
def test_the_words_after_it_are_the_reason(said: str, reason: str):
    assert parse_until(said, TUESDAY_NINE, timezone="Asia/Shanghai")[1] == reason


@pytest.mark.parametrize(
    "said",
    [
        "",
        "等配件",
        "13月40日",
        "2026-02-30",
        "很快",
        "晚点再修",
        "早点",
        "约师傅下周来",
        "31号楼",
        "明天25点",
    ],
)
def test_what_is_no_time_is_refused_with_examples(said: str):
    with pytest.raises(BadValueError, match="until_unclear"):
        parse_until(said, TUESDAY_NINE, timezone="Asia/Shanghai")


def test_the_29th_of_february_of_a_year_that_has_none_is_refused():
    with pytest.raises(BadValueError):
        parse_until("2月29日", datetime(2028, 3, 1, tzinfo=UTC), timezone="Asia/Shanghai")


def test_seconds_and_the_instants_of_programs_are_read_too():
    assert parse_until("45s 试一下", TUESDAY_NINE, timezone="Asia/Shanghai") == (
        TUESDAY_NINE + timedelta(seconds=45),
        "试一下",
    )
    assert parse_until("90秒 试一下", TUESDAY_NINE, timezone="Asia/Shanghai")[0] == TUESDAY_NINE + timedelta(
        seconds=90
    )
    exact = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
    assert parse_until("2026-12-01T02:00:00Z 等配件", TUESDAY_NINE, timezone="Asia/Shanghai") == (
        exact,
        "等配件",
    )
    assert parse_until("2026-12-01T10:00 等配件", TUESDAY_NINE, timezone="Asia/Shanghai") == (exact, "等配件")


def test_what_only_looks_like_an_instant_is_refused():
    with pytest.raises(BadValueError):
        parse_until("明T天 等配件", TUESDAY_NINE, timezone="Asia/Shanghai")


def test_a_time_that_the_clock_skips_is_the_next_that_there_is():
    evening_before = datetime(2027, 3, 27, 18, 0, tzinfo=UTC)

    until, _ = parse_until("2027-03-28T02:30 等人", evening_before, timezone="Europe/Berlin")

    assert until == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)  # 03:00 there
