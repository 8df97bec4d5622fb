"""What others must not see of a person is masked; what the work needs stays."""

import pytest

from bot.privacy import mask

HARMLESS = (
    "3单元电梯坏了", "15楼漏水", "3号楼1单元没水", "11月23日停水", "2026-11-23", "工单 #1024", "电费1200元",
    "12345热线", "119", "2号楼1200元的维修费", "1单元15层",
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("打13812345678找我", "打138****5678找我"),
        ("138 1234 5678", "138****5678"),
        ("+8613812345678", "+86138****5678"),
        ("8613812345678", "86138****5678"),
        ("家里电话010-62345678", "家里电话010-****78"),
        ("身份证11010119900307123X", "身份证110***********123X"),
        ("沪A·12B45挡住我的车", "沪A***5挡住我的车"),
        ("我是3-1-502", "我是3-1-***"),
        ("1-201漏水", "1-***漏水"),
        ("3号楼1单元502漏水", "3号楼1单元***漏水"),
        ("3号楼502的阳台", "3号楼***的阳台"),
        ("502室漏水", "***室漏水"),
        ("1503 户", "*** 户"),
        ("我家502漏水", "我家***漏水"),
        ("我是502的", "我是***的"),
        ("住在1503", "住在***"),
    ],
)
def test_a_persons_flat_and_numbers_are_masked(said: str, shown: str):
    assert mask(said) == shown


@pytest.mark.parametrize("said", HARMLESS)
def test_building_unit_floor_dates_and_sums_stay(said: str):
    assert mask(said) == said
