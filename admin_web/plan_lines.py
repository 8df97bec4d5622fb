"""An edit plan in words: sections of lines in the reader's language, the same for the page, the API and the command."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from admin_web.hierarchy_plan import (
    Change,
    EditPlan,
    FailedExample,
    FieldChange,
    Hours,
    Sight,
    Silence,
    Thing,
)
from admin_web.words import Language, Words

MOST_LINES = 100
_LIST_COMMA = {Language.ZH: "、", Language.EN: ", "}
_SEMICOLON = {Language.ZH: "；", Language.EN: "; "}
_COMMA = {Language.ZH: "，", Language.EN: ", "}
_COLON = {Language.ZH: "：", Language.EN: ": "}

_VALUES = {
    "kind": "tree.kind.",
    "handled_by": "tree.kind.",
    "clock": "tree.clock.",
    "listen": "plan.listen.",
    "same_matter": "plan.same_matter.",
}
"""By the name of a field, where its values have words."""


@dataclass(frozen=True, slots=True)
class Section:
    """`key` as in the words, such as "moves"; `count` is of all, also where lines were left out."""

    key: str
    title: str
    lines: tuple[str, ...]
    count: int
    is_warning: bool = False


def list_sections(plan: EditPlan, t: Words) -> list[Section]:
    """In the order in which they should be read: what needs a decision first. Empty ones are left out."""
    found = [
        _section("outside", (_say_outside(each, t) for each in plan.outside), t, is_warning=True),
        _section("heirs", (_say_heir(plan, at, t) for at in range(len(plan.heirs))), t, is_warning=True),
        _section("failed", (_say_failed(each, t) for each in plan.failed), t, is_warning=True),
        _section("lose_handler", _say_numbers(plan.lose_handler), t, is_warning=True, of=plan.lose_handler),
        _section("silences", (_say_silence(each, t) for each in plan.silences), t, is_warning=True),
        _section("unasked", _list_unasked(plan, t), t, is_warning=True),
        _section("changes", (_say_change(each, t) for each in plan.changes), t),
        _section("moves", _list_moves(plan, t), t),
        _section("lose_holder", _say_numbers(plan.lose_holder), t, of=plan.lose_holder),
        _section("gain_handler", _say_numbers(plan.gain_handler), t, of=plan.gain_handler),
        _section("new_limits", _list_new_limits(plan, t), t),
        _section("sights", (_say_sight(each, t) for each in plan.sights), t),
    ]
    return [each for each in found if each.count]


def sum_up(plan: EditPlan, t: Words) -> str:
    """One line, such as "新增节点 3；去掉群 1"."""
    counts = Counter((each.fate, each.thing) for each in plan.changes)
    parts = [
        f"{t(f'plan.fate.{fate}')}{_gap(t)}{t(f'plan.thing.{thing}')} {n}"
        for (fate, thing), n in counts.items()
    ]
    return _SEMICOLON[t.language].join(parts) or t("plan.empty")


def render_text(plan: EditPlan, t: Words) -> str:
    """The whole plan for a terminal."""
    lines = [sum_up(plan, t)]
    for section in list_sections(plan, t):
        lines += ["", f"{section.title} ({section.count})", *(f"  {each}" for each in section.lines)]
    return "\n".join(lines)


def _section(
    key: str, lines: Iterable[str], t: Words, *, is_warning: bool = False, of: tuple[int, ...] | None = None
) -> Section:
    """`of` is what is counted where one line tells several."""
    every = list(lines)
    count = len(every) if of is None else len(of)
    shown = every[:MOST_LINES]
    if len(every) > MOST_LINES:
        shown.append(t("plan.more", n=len(every) - MOST_LINES))
    return Section(key, t(f"plan.section.{key}"), tuple(shown), count, is_warning)


def _say_change(change: Change, t: Words) -> str:
    fate, thing = t(f"plan.fate.{change.fate}"), t(f"plan.thing.{change.thing}")
    shown_id = change.thing_id if change.name and change.thing is not Thing.LIMIT else ""
    if change.thing is Thing.LIMIT:
        change = replace(change, name=_name_limit(change.name, t))
    remark = _COMMA[t.language].join(each for each in (shown_id, change.where) if each)
    name = change.name or _name_section(change, t)
    line = f"{fate}{_gap(t)}{thing}{_COLON[t.language]}{_beside(name, remark, t)}"
    said = _SEMICOLON[t.language].join(_say_field(each, t) for each in change.fields)
    return f"{line} — {said}" if said else line


def _name_limit(name: str, t: Words) -> str:
    """Such as "normal · 社区"."""
    clock_id, dot, level = name.partition(" · ")
    key = f"tree.clock.{clock_id}"
    return f"{t(key) if t.has(key) else clock_id}{dot}{level}"


def _say_field(change: FieldChange, t: Words) -> str:
    old, new = (_say_set(change.name, each, t) for each in (change.old, change.new))
    return f"{_name_field(change.name, t)} {old} → {new}"


def _name_field(name: str, t: Words) -> str:
    """`chat telegram` and `account telegram` carry their channel."""
    what, _, channel = name.partition(" ")
    if what in {"chat", "account"} and channel:
        return t(f"plan.field.{what}", channel=channel)
    key = f"plan.field.{name}"
    return t(key) if t.has(key) else name


def _say_set(name: str, value: str, t: Words) -> str:
    """What stands in the file, in words where it is a word of ours."""
    if not value:
        return t("plan.nothing")
    if name == "days":
        return _LIST_COMMA[t.language].join(t(f"plan.day.{each}") for each in value.split(", "))
    key = _VALUES[name] + value if name in _VALUES else ""
    return t(key) if key and t.has(key) else value.replace(", ", _LIST_COMMA[t.language])


def _name_section(change: Change, t: Words) -> str:
    key = f"plan.setting.{change.thing_id}"
    return t(key) if change.thing is Thing.SETTING and t.has(key) else change.thing_id


def _say_outside(named: str, t: Words) -> str:
    key = f"plan.outside.{named}"
    return t(key) if t.has(key) else named


def _say_heir(plan: EditPlan, at: int, t: Words) -> str:
    heir = plan.heirs[at]
    return t("plan.heir", name=heir.name, n=len(heir.tickets), heir=heir.heir_name)


def _list_moves(plan: EditPlan, t: Words) -> Iterator[str]:
    for each in plan.moves:
        yield f"#{each.number}{_COLON[t.language]}{each.from_name} → {each.to_name}"


def _list_new_limits(plan: EditPlan, t: Words) -> Iterator[str]:
    for each in plan.new_limits:
        yield t("plan.new_limit", number=each.number, old=each.old, new=each.new)


def _list_unasked(plan: EditPlan, t: Words) -> Iterator[str]:
    """A line for the same places: a new one without staff is one matter, not one for each category."""
    comma = _LIST_COMMA[t.language]
    categories: dict[tuple[str, int, tuple[str, ...]], list[str]] = {}
    for each in plan.unasked:
        categories.setdefault((each.level, each.count, each.sample), []).append(each.category)
    for (level, n, sample), names in categories.items():
        key = "plan.unasked" if n <= len(sample) else "plan.unasked_more"
        yield t(key, level=level, n=n, sample=comma.join(sample), categories=comma.join(names))


def _say_numbers(numbers: tuple[int, ...]) -> Iterator[str]:
    if numbers:
        more = " …" if len(numbers) > MOST_LINES else ""
        yield " ".join(f"#{each}" for each in numbers[:MOST_LINES]) + more


def _say_sight(sight: Sight, t: Words) -> str:
    changes = [("gains", sight.gains), ("loses", sight.loses)]
    said = _LIST_COMMA[t.language].join(t(f"plan.sight.{which}", n=n) for which, n in changes if n)
    if sight.is_account:
        return t("plan.sight.account", name=sight.name, change=said)
    return f"{sight.name}{_COLON[t.language]}{said}"


def _say_silence(silence: Silence, t: Words) -> str:
    if not silence.category:
        return t("plan.silence.quiet")
    key = "plan.silence.night" if silence.hours is Hours.NIGHT else "plan.silence.days_off"
    levels = _LIST_COMMA[t.language].join(silence.levels)
    return t(key, category=silence.category, levels=levels, groups=silence.groups)


def _say_failed(failed: FailedExample, t: Words) -> str:
    differences = _SEMICOLON[t.language].join(
        t(
            "plan.difference",
            what=t(f"plan.what.{what}"),
            wanted=_say_value(wanted, t),
            found=_say_value(found, t),
        )
        for what, wanted, found in failed.differences
    )
    line = f"{_beside(f'“{failed.text}”', failed.group, t)}{_COLON[t.language]}{differences}"
    if failed.is_as_before:
        return _beside(line, t("plan.failed_before"), t)
    return _beside(line, t("plan.failed_new"), t) if failed.is_new else line


def _say_value(value: str, t: Words) -> str:
    return t(f"plan.value.{value}") if value in {"yes", "no"} else value


def _beside(text: str, remark: str, t: Words) -> str:
    """With the remark in the brackets of the language; without one as it is."""
    if not remark:
        return text
    return f"{text}（{remark}）" if t.language is Language.ZH else f"{text} ({remark})"


def _gap(t: Words) -> str:
    return "" if t.language is Language.ZH else " "
