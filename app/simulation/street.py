"""How the made street behaves: how much is said, at which hours, how diligent its people are. Plain numbers."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Street:
    """`reports` is the mean of a day over the whole tree. `diligence`: the chance that a member of staff who looks at
    their list takes up a ticket that waits there. `neighbours`: the chance that a report is told again next door."""

    start_on: date
    days: int = 14
    reports: float = 40.0
    diligence: float = 0.6
    neighbours: float = 0.12
    seed: int = 1


HOURS = (1, 1, 1, 1, 1, 2, 4, 8, 10, 9, 8, 6, 5, 5, 6, 7, 8, 9, 11, 12, 12, 9, 5, 2)
"""How much is said in each hour of the day, against each other: most of it when people come home."""

HOW_OFTEN = {
    "噪": 14.0, "停车": 13.0, "卫生": 12.0, "漏水": 10.0, "停水": 10.0, "设施": 9.0, "物业": 8.0, "电梯": 7.0,
    "充电": 5.0, "宠物": 5.0, "邻里": 3.0, "停电": 2.5, "违建": 2.0, "抛物": 1.5, "关爱": 1.5, "消防": 1.0, "燃气": 0.5,
}  # fmt: skip
"""What is told how often, by a word in the category's name, against each other: noise, cars and rubbish every day, a
blocked fire lane or a smell of gas a few times in a month."""

ELSE_SO_OFTEN = 4.0

WAKES, SLEEPS = 7, 22
"""Hours between which people answer, and tell again what a neighbour told."""

LOOKS = (9.2, 11.0, 14.2, 16.7)
"""Hours of a working day at which staff look at their lists."""

FINISHES, NOTES = 0.55, 0.15
"""Of what somebody holds when they look: finished, or only told how far it is."""

RATES, SATISFIED = 0.5, 0.86
"""Reporters who say how it was, and those of them who call it solved."""

URGES = 0.06
"""Reporters who ask for progress in the evening, while nothing has happened."""
