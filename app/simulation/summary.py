"""What came of the simulated days, in lines for people: the rates with their n, and where tickets went."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

from routing.hierarchy import Hierarchy
from routing.metrics import Dispatch, Figures, Rate, TicketFacts


def summarise(facts: Sequence[TicketFacts], figures: Figures, tree: Hierarchy, *, said: int) -> str:
    return "\n".join(
        [
            f"said to the bot     消息 {said}",
            f"tickets             工单 {figures.tickets}",
            f"answered            响应率 {_rate(figures.response)}",
            f"claimed in time     按时认领率 {_rate(figures.claim_in_time)}",
            f"done in time        按时办结率 {_rate(figures.on_time)}",
            f"solved              解决率 {_rate(figures.resolution)}",
            f"satisfied           满意率 {_rate(figures.satisfaction)}",
            f"done again          返工率 {_rate(figures.redo)}",
            f"climbed             上报 {_climbed(facts, tree)}",
            f"hours until claimed 认领用时 {_hours(facts)}",
            "by state            " + _counts(figures.by_status, lambda each: each),
            "by level            " + _counts(figures.by_level, tree.level_name),
            "by category         " + _counts(figures.by_category, lambda each: _name_category(tree, each)),
        ]
    )


def _rate(rate: Rate) -> str:
    share = "-" if rate.value is None else f"{rate.value:.0%}"
    return f"{share} ({rate.count}/{rate.n})"


def _climbed(facts: Sequence[TicketFacts], tree: Hierarchy) -> str:
    """Which levels could not keep their tickets, and how often because nobody claimed in time."""
    gone = [each for ticket in facts for each in ticket.dispatches if each.went_up]
    by_level = Counter(each.level for each in gone)
    silent = sum(each.timed_out for each in gone)
    levels = "、".join(f"{tree.level_name(level)} {number}" for level, number in by_level.most_common())
    return f"{len(gone)} ({levels or '-'}; 超时 {silent})"


def _hours(facts: Sequence[TicketFacts]) -> str:
    waited = sorted(_until_claimed(each) for ticket in facts for each in ticket.dispatches if each.claimed_at)
    if not waited:
        return "-"
    half, nine = waited[len(waited) // 2], waited[len(waited) * 9 // 10]
    return f"一半 half within {half:.1f}, 九成 nine of ten within {nine:.1f}"


def _until_claimed(dispatch: Dispatch) -> float:
    assert dispatch.claimed_at is not None
    return (dispatch.claimed_at - dispatch.dispatched_at) / timedelta(hours=1)


def _counts(counts: dict[str, int], name: Callable[[str], str]) -> str:
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    return "、".join(f"{name(each)} {number}" for each, number in ordered) or "-"


def _name_category(tree: Hierarchy, category_id: str) -> str:
    category = next((each for each in tree.categories if each.category_id == category_id), None)
    return category.name if category else category_id
