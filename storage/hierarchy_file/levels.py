"""The section `levels:`, lowest first."""

from routing.hierarchy import Level
from storage.hierarchy_file.fields import Fields, as_map
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.values import Text

MAX_LEVELS = 12
# Stands beside the level ids in a clock.
_RESERVED = "calendar"


def read_levels(fields: Fields, report: Report) -> tuple[Level, ...]:
    """Ids are unique; empty when the section is missing or unusable."""
    levels: dict[str, Level] = {}
    lines: dict[str, int] = {}
    entries = fields.get_items("levels")
    for entry in entries[:MAX_LEVELS]:
        at = as_map(entry, report)
        if at is None:
            continue
        own = Fields(at, ("id", "name"), report)
        own_id, name = own.get_id(), own.get_text("name")
        if own_id is None or is_taken(own_id, lines, "level", "层级", report):
            continue
        _refuse_reserved(own_id, report)
        levels[own_id.value] = Level(own_id.value, name.value if name else own_id.value)
    if len(entries) > MAX_LEVELS:
        report.problem(
            fields.at,
            f"{len(entries)} levels are too many: at most {MAX_LEVELS}.",
            f"层级有 {len(entries)} 层，太多了，最多 {MAX_LEVELS} 层。",
            key="levels",
        )
    return tuple(levels.values())


def is_taken(own_id: Text, lines: dict[str, int], what: str, what_zh: str, report: Report) -> bool:
    """Notes the line of a new id in `lines`; reports one that stands twice, with both lines."""
    first = lines.get(own_id.value)
    if first is None:
        lines[own_id.value] = own_id.line
        return False
    report.problem(
        own_id,
        f'The {what} id "{own_id.value}" stands twice, in line {first} and in line {own_id.line}. Give one another id.',
        f"{what_zh}编号“{own_id.value}”重复了（第 {first} 行和第 {own_id.line} 行），请改掉一个。",
    )
    return True


def _refuse_reserved(own_id: Text, report: Report) -> None:
    if own_id.value == _RESERVED:
        report.problem(
            own_id,
            f'A level cannot be called "{_RESERVED}": clocks use that word. Choose another id.',
            f"层级编号不能用“{_RESERVED}”，时限表里已经用了这个词，请换一个。",
        )
