import pytest

from understanding.numerals import parse_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        *(
            ("7", "7"),
            ("07", "7"),
            ("13a", "13A"),
            ("十", "10"),
            ("十五", "15"),
            ("二十", "20"),
            ("二十一", "21"),
        ),
        *(
            ("一百", "100"),
            ("一百零三", "103"),
            ("一百一十八", "118"),
            ("两百", "200"),
            ("九百九十九", "999"),
        ),
        *(("五零二", "502"), ("幺二零三", "1203"), ("零", None), ("0", None), ("十期", None), ("楼", None)),
    ],
)
def test_number_is_read_as_spoken(written: str, number: str | None) -> None:
    assert parse_number(written) == number
