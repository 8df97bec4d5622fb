"""Writes places in every usual way, at random but always the same, and knows what each of them means."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from routing.reading import Place

ESTATES = (
    "",
    "",
    "",
    "幸福里",
    "阳光花园",
    "二期",
    "三期",
    "锦绣江南",
    "我们小区",
    "你好，",
    "@物业 ",
    "麻烦看下，",
)
REPORTS = (
    "电梯坏了",
    "漏水了，三天了没人管",
    "楼道灯不亮",
    "停水了",
    "下水道堵了，打了5次电话",
    "半夜2点还在装修",
    "门禁刷不开，已经2个月了",
    "垃圾堆了一个星期",
    "暖气不热，才16度",
    "有人乱停车，堵了一上午",
    "冒烟了！！！",
    "的灯又坏了",
    "漏水，修了三次，花了300块",
    "没人打扫卫生",
    "对讲机不响",
)
_DIGITS = "零一二三四五六七八九"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Writing:
    text: str
    meant: Place


def write_many(count: int, *, seed: int) -> Iterator[Writing]:
    dice = random.Random(seed)
    for _ in range(count):
        written, meant = dice.choice(_WAYS)(dice)
        text = f"{dice.choice(ESTATES)}{written}{dice.choice(('', '', ' ', '，'))}{dice.choice(REPORTS)}"
        if dice.random() < 0.05:
            text = text.translate(_WIDE)
        yield Writing(text, meant)


def chinese(number: int) -> str:
    """Up to 99 the way it is said."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return f"{'' if tens == 1 else _DIGITS[tens]}十{_DIGITS[ones] if ones else ''}"


def _number(dice: random.Random, number: int) -> str:
    return dice.choice((str(number), str(number), str(number), chinese(number)))


def _building(dice: random.Random) -> tuple[str, str]:
    """As written with its word, and as read."""
    if dice.random() < 0.15:
        letter = dice.choice("ABCDEF")
        return f"{letter}{dice.choice(('座', '栋', '幢', '号楼'))}", letter
    number = dice.randint(1, 48)
    written = f"{number:02}" if dice.random() < 0.05 else _number(dice, number)
    word = dice.choice(("号楼", "号楼", "栋", "栋", "幢", "#", "#楼", "号 楼", " 栋"))
    written = str(number) if "#" in word else written
    return f"{written}{word}", str(number)


def _unit(dice: random.Random) -> tuple[str, str]:
    number = dice.randint(1, 8)
    return f"{_number(dice, number)}{dice.choice(('单元', '单元', ' 单元', '单圆'))}", str(number)


def _floor(dice: random.Random) -> tuple[str, str]:
    number = dice.randint(1, 33)
    return f"{_number(dice, number)}{dice.choice(('楼', '层', '楼', 'F'))}", str(number)


def _flat(dice: random.Random) -> str:
    return f"{dice.randint(1, 33)}{dice.randint(1, 12):02}"


def _only_building(dice: random.Random) -> tuple[str, Place]:
    written, building = _building(dice)
    return written, Place(building=building)


def _building_and_unit(dice: random.Random) -> tuple[str, Place]:
    (one, building), (two, unit) = _building(dice), _unit(dice)
    return f"{one}{dice.choice(('', ' ', '，', '的'))}{two}", Place(building=building, unit=unit)


def _down_to_floor(dice: random.Random) -> tuple[str, Place]:
    (one, building), (two, unit), (three, floor) = _building(dice), _unit(dice), _floor(dice)
    return f"{one}{two}{three}", Place(building=building, unit=unit, floor=floor)


def _down_to_flat(dice: random.Random) -> tuple[str, Place]:
    (one, building), (two, unit), flat = _building(dice), _unit(dice), _flat(dice)
    tail = dice.choice(("", "室", "号房", "户"))
    between = dice.choice(("", " ", "-"))
    return f"{one}{two}{between}{flat}{tail}", Place(building=building, unit=unit, room=flat)


def _building_and_flat(dice: random.Random) -> tuple[str, Place]:
    (one, building), flat = _building(dice), _flat(dice)
    return f"{one}{flat}{dice.choice(('', '室', '室'))}", Place(building=building, room=flat)


def _building_and_floor(dice: random.Random) -> tuple[str, Place]:
    (one, building), (three, floor) = _building(dice), _floor(dice)
    return f"{one}{dice.choice(('', ' ', '的'))}{three}", Place(building=building, floor=floor)


def _with_a_door(dice: random.Random) -> tuple[str, Place]:
    """In the north a unit is a door."""
    (one, building), unit, flat = _building(dice), dice.randint(1, 8), _flat(dice)
    return f"{one}{unit}门{flat}", Place(building=building, unit=str(unit), room=flat)


def _spoken_flat(dice: random.Random) -> tuple[str, Place]:
    (one, building), (two, unit) = _building(dice), _unit(dice)
    flat = f"{dice.randint(1, 9)}0{dice.randint(1, 6)}"
    said = "".join(_DIGITS[int(each)] for each in flat)
    return f"{one}{two}{said}{dice.choice(('', '室'))}", Place(building=building, unit=unit, room=flat)


def _everything(dice: random.Random) -> tuple[str, Place]:
    (one, building), (two, unit), floor = _building(dice), _unit(dice), dice.randint(2, 33)
    flat = f"{floor}{dice.randint(1, 8):02}"
    written = f"{one}{two}{floor}{dice.choice(('楼', '层'))}{flat}{dice.choice(('', '室'))}"
    return written, Place(building=building, unit=unit, floor=str(floor), room=flat)


def _dashed_words(dice: random.Random) -> tuple[str, Place]:
    building, unit, flat = dice.randint(1, 48), dice.randint(1, 8), _flat(dice)
    return f"{building}号楼-{unit}单元-{flat}", Place(building=str(building), unit=str(unit), room=flat)


def _ordinal(dice: random.Random) -> tuple[str, Place]:
    number = dice.randint(1, 30)
    return f"第{_number(dice, number)}{dice.choice(('栋', '幢', '号楼'))}", Place(building=str(number))


def _side(dice: random.Random) -> tuple[str, Place]:
    (one, building), (three, floor) = _building(dice), _floor(dice)
    return f"{one}{three}{dice.choice('东西')}户", Place(building=building, floor=floor)


def _corrected(dice: random.Random) -> tuple[str, Place]:
    right, wrong = dice.randint(1, 20), dice.randint(21, 40)
    word = dice.choice(("号楼", "栋", "幢"))
    return f"不是{wrong}{word}，是{right}{word}", Place(building=str(right))


def _code(dice: random.Random) -> tuple[str, Place]:
    building, unit, flat = dice.randint(1, 48), dice.randint(1, 8), _flat(dice)
    dash = dice.choice(("-", "-", "-", "—", "－", "/", " - "))
    return f"{building}{dash}{unit}{dash}{flat}", Place(building=str(building), unit=str(unit), room=flat)


def _short_code(dice: random.Random) -> tuple[str, Place]:
    building, flat = dice.choice((*map(str, range(1, 49)), *"ABCD")), _flat(dice)
    return f"{building}-{flat}", Place(building=building, room=flat)


def _half_code(dice: random.Random) -> tuple[str, Place]:
    building, unit, flat = dice.randint(1, 48), dice.randint(1, 8), _flat(dice)
    word = dice.choice(("栋", "号楼", "#", "幢"))
    return f"{building}{word}{unit}-{flat}", Place(building=str(building), unit=str(unit), room=flat)


def _unit_and_floor(dice: random.Random) -> tuple[str, Place]:
    (two, unit), (three, floor) = _unit(dice), _floor(dice)
    return f"{two}{three}", Place(unit=unit, floor=floor)


def _marked_flat(dice: random.Random) -> tuple[str, Place]:
    flat = _flat(dice)
    return dice.choice((f"{flat}室", f"我家{flat}", f"我是{flat}的，", f"{flat}业主家")), Place(room=flat)


def _below_ground(dice: random.Random) -> tuple[str, Place]:
    return dice.choice(
        (
            ("负一楼", Place(floor="-1")),
            ("地下2层", Place(floor="-2")),
            ("B2层车库", Place(floor="B2")),
            ("地下车库B1", Place(floor="B1")),
        )
    )


_WAYS = (
    _only_building,
    _only_building,
    _building_and_unit,
    _building_and_unit,
    _down_to_floor,
    _down_to_flat,
    _down_to_flat,
    _building_and_flat,
    _building_and_floor,
    _code,
    _code,
    _short_code,
    _half_code,
    _unit_and_floor,
    _marked_flat,
    _below_ground,
    _with_a_door,
    _spoken_flat,
    _everything,
    _dashed_words,
    _ordinal,
    _side,
    _corrected,
)
