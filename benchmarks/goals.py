"""What was measured and whether it is good enough: lines of a table, some of them with a goal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import ge, le
from statistics import median

AT_LEAST = "≥"
AT_MOST = "≤"
_COMPARE: dict[str, Callable[[float, float], bool]] = {AT_LEAST: ge, AT_MOST: le}


@dataclass(frozen=True, slots=True)
class Goal:
    """`relation` is AT_LEAST or AT_MOST."""

    relation: str
    bound: float


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. Without a goal it only informs."""

    name: str
    value: float
    unit: str = ""
    goal: Goal | None = None

    @property
    def is_met(self) -> bool:
        return self.goal is None or _COMPARE[self.goal.relation](self.value, self.goal.bound)

    def render(self) -> str:
        wanted = f"{self.goal.relation} {self.goal.bound:g} {self.unit}".rstrip() if self.goal else ""
        verdict = "" if self.goal is None else "met" if self.is_met else "MISSED"
        return f"  {self.name:<44}{self.value:>12,.2f} {self.unit:<5} {wanted:<12} {verdict}".rstrip()


def render_table(title: str, lines: Sequence[Line]) -> str:
    return "\n".join([title, *(each.render() for each in lines), ""])


def are_met(lines: Sequence[Line]) -> bool:
    return all(each.is_met for each in lines)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all do not exceed; `values` in any order, at least one."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median_of(values: Sequence[float]) -> float:
    return float(median(values))
