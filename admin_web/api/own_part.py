"""What of the file a visit may read, and the whole file again from what it wrote. The folds are `part_text`'s."""

import re
from collections.abc import Callable

from admin_web.api.scope import Visit
from admin_web.hierarchy_office import FileProblem, HierarchyOffice
from admin_web.part_text import FoldBroken, PartText, Restored, fold, has_folds, restore, show_whole

_ID = re.compile(r"[A-Za-z0-9_-]+")


async def show_part(
    office: HierarchyOffice, text: str, visit: Visit, say: Callable[[int], str]
) -> PartText | None:
    """What somebody may read of a text; None where it does not tell whose lines are whose."""
    if visit.is_over_all:
        return show_whole(text)
    hidden = await office.list_others_lines(text, visit.grant.scope_node)
    return fold(text, hidden, say) if hidden is not None else None


async def take_part(
    office: HierarchyOffice, written: str, shown: PartText, visit: Visit
) -> Restored | FoldBroken:
    """The whole file with what somebody wrote who was shown a part; also where they sent the whole, which they may
    have from elsewhere."""
    is_whole = not has_folds(written) and await office.list_others_lines(written, visit.grant.scope_node)
    return Restored(written, show_whole(written)) if is_whole else restore(written, shown)


def tell_own(
    warnings: tuple[FileProblem, ...], shown: PartText | None, visit: Visit
) -> tuple[FileProblem, ...]:
    """By the lines that are shown, without those about others' places and groups: they are for others to mend."""
    if visit.is_over_all or shown is None:
        return warnings
    own = (each for each in warnings if not shown.hides(each.line) and not _names_others(each, visit))
    return shown.tell(tuple(own))


def _names_others(warning: FileProblem, visit: Visit) -> bool:
    words = set(_ID.findall(warning.message))
    places = words & visit.hierarchy.nodes.keys()
    places |= {visit.hierarchy.groups[each].node_id for each in words & visit.hierarchy.groups.keys()}
    return any(not visit.scope.covers(each) for each in places)
