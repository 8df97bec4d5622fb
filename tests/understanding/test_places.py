"""The ways of writing where one lives: by hand for the odd ones, by rule for thousands of ordinary ones."""

from itertools import product

import pytest

from routing.reading import Place
from tests.understanding.voices import list_lines, place_of
from understanding.places import find_place, read_place
from understanding.text_forms import normalise

_DIGITS = "零一二三四五六七八九"
_BUILDINGS = (1, 2, 3, 9, 10, 11, 12, 20, 21, 36, 99, 100, 103, 118)
_UNITS = (1, 2, 3, 4, 10)
_ROOMS = (101, 203, 502, 604, 1001, 1203, 1503, 2204, 3301)
_FLOORS = (1, 2, 5, 9, 10, 11, 15, 20, 23, 33)
_WIDE = str.maketrans("0123456789-#", "０１２３４５６７８９－＃")


def chinese(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones else "")


def spell(number: int) -> str:
    return "".join(_DIGITS[int(each)] for each in str(number))


@pytest.mark.parametrize("line", list_lines("places"), ids=lambda line: line["text"])
def test_place_is_read_from_a_nickname_or_an_answer(line: dict[str, str]) -> None:
    assert read_place(line["text"]) == place_of(line["place"])


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "{b}-{u}-{r}",
            "{b}#{u}-{r}",
            "{b}#{u}单元{r}",
            "{b}栋{u}单元{r}",
            "{b}号楼{u}单元{r}室",
            "{b}幢{u}单元{r}",
        ),
        *(
            "{b}栋{u}-{r}",
            "{b}号楼 {u}单元 {r}",
            "{b}号楼-{u}单元-{r}",
            "{b:02}-{u:02}-{r:04}",
            "{b}栋{u}单元{r}号房",
        ),
        *(
            "{b}座{u}单元{r}",
            "{b} 栋 {u} 单元 {r} 室",
            "{b}-{u}单元{r}",
            "第{b}栋第{u}单元{r}",
            "{b}号楼{u}门{r}",
        ),
    ],
)
def test_building_unit_and_room_are_read_in_every_usual_way(pattern: str) -> None:
    for b, u, r in product(_BUILDINGS, _UNITS, _ROOMS):
        code = pattern.format(b=b, u=u, r=r)

        assert read_place(code) == Place(str(b), str(u), None, str(r)), code
        assert read_place(code.translate(_WIDE)) == Place(str(b), str(u), None, str(r)), code
        assert find_place(normalise(f"{code} 卫生间漏水了")) == Place(str(b), str(u), None, str(r)), code


@pytest.mark.parametrize(
    "pattern", ["{b}栋{u}单元{f}楼", "{b}号楼{u}单元{f}层", "{b}幢 {u}单元 {f}楼", "{b}座{u}单元{f}层"]
)
def test_floor_is_read_in_digits_and_in_chinese(pattern: str) -> None:
    for b, u, f in product(_BUILDINGS, _UNITS, _FLOORS):
        digits = pattern.format(b=b, u=u, f=f)
        words = pattern.format(b=chinese(b), u=chinese(u), f=chinese(f))

        assert find_place(normalise(f"{digits}的灯不亮")) == Place(str(b), str(u), str(f), None), digits
        assert find_place(normalise(f"{words}的灯不亮")) == Place(str(b), str(u), str(f), None), words


def test_spelt_room_follows_its_building() -> None:
    for b, u, r in product(_BUILDINGS, _UNITS, _ROOMS):
        said = f"{chinese(b)}栋{chinese(u)}单元{spell(r)}"

        assert read_place(said) == Place(str(b), str(u), None, str(r)), said


def test_room_of_a_building_without_units() -> None:
    for b, r in product(_BUILDINGS[:11], _ROOMS):
        for code in (f"{b}-{r}", f"{b}栋{r}", f"{b}号楼{r}", f"{b}#{r}", f"{b}座{r}室", f"{b}幢{r} 王阿姨"):
            assert read_place(code) == Place(str(b), None, None, str(r)), code


def test_lettered_building_is_upper_case() -> None:
    for letter, r in product("abcdefgh", _ROOMS):
        for code in (f"{letter}座{r}", f"{letter}-{r}", f"{letter}栋{r}", f"{letter.upper()}座 {r}室"):
            assert read_place(code) == Place(letter.upper(), None, None, str(r)), code


def test_dates_times_and_prices_are_no_places() -> None:
    for month, day in product(range(1, 13), range(1, 29)):
        for said in (
            f"{month}月{day}号开会",
            f"2026-{month:02}-{day:02}停水",
            f"{month}:{day:02}来的",
            f"{month * 50}-{day * 50}块钱",
        ):
            assert find_place(normalise(said)).is_empty, said


def test_room_number_does_not_invent_a_floor() -> None:
    assert find_place("1503室漏水").floor is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("5号楼2单元电梯坏了，不对，是3单元", Place("5", "3")),
        ("3号楼电梯坏了，说错了，5号楼", Place("5")),
        ("3号楼漏水，不是3号楼，是5号楼", Place("5")),
        ("路灯不亮，不是3号楼，是5号楼", Place("5")),
        ("不是2单元是3单元的灯坏了", Place(unit="3")),
        ("2单元灯坏了 打错了 是3单元", Place(unit="3")),
        ("8栋门坏了，哦不，是9栋", Place("9")),
        ("3号楼不是停电，是跳闸，2单元的", Place("3", "2")),
        ("3号楼2单元电表不对，5号楼的没问题", Place("3", "2")),
        ("5号楼的灯又坏了，是不是没人管", Place("5")),
    ],
)
def test_who_corrects_a_place_means_the_later_one(text: str, place: Place) -> None:
    assert find_place(normalise(text)) == place
