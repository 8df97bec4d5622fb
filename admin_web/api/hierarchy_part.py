"""The file for tokens of a part of the tree: others' lines are folded away when it is read, and put back when it is
edited; and what is said of an edit that is not taken. The folds themselves are `part_text`'s."""

import asyncio
import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from admin_web.api.hierarchy_models import FileProblemJson
from admin_web.api.own_part import show_part, take_part
from admin_web.api.scope import ADMINS, Visit
from admin_web.hierarchy_office import FileProblem, HierarchyOffice, Refused, Stale
from admin_web.part_text import FoldBroken, PartText, has_folds, show_whole
from admin_web.problems import ProblemError

MOST_LINES = 2000
"""Of a difference: nobody reads more."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came in, whole again, and how its author saw it."""

    content: bytes
    shown: PartText

    def tell(self, problems: tuple[FileProblem, ...]) -> list[FileProblemJson]:
        return render_problems(self.shown.tell(problems))


async def read_own(office: HierarchyOffice, text: str, visit: Visit) -> str | None:
    """As far as the token may read it; None for who edits nothing, or where nothing tells whose lines are whose."""
    if not (visit.is_over_all or visit.grant.role in ADMINS):
        return None
    shown = await show_part(office, text, visit, _say_others)
    return shown.text if shown is not None else None


async def put_back(office: HierarchyOffice, content: bytes, visit: Visit, *, version: int | None) -> Sent:
    """What was written on a version has that one's folds. 422 for a fold that is not where it was."""
    written = content.decode("utf-8", "replace")
    is_known = version is not None and 0 < version <= visit.hierarchy.version
    text = await office.text(version if version is not None and is_known else visit.hierarchy.version)
    shown = await show_part(office, text, visit, _say_others)
    if shown is None or not shown.folds:
        return Sent(content, show_whole(written))
    taken = await take_part(office, written, shown, visit)
    if isinstance(taken, FoldBroken):
        is_readable = await office.list_others_lines(written, visit.grant.scope_node) is not None
        if not is_readable and not has_folds(written):
            # A whole file that is no YAML: the check says where.
            return Sent(content, show_whole(written))
        raise bad_file(render_problems([_say_broken(taken)]))
    return Sent(content if taken.text == written else taken.text.encode(), taken.shown)


async def refusal_of(
    office: HierarchyOffice, reason: Stale | Refused, sent: Sent, visit: Visit
) -> ProblemError:
    """The difference as far as the token may read it."""
    if isinstance(reason, Refused):
        return bad_file(sent.tell(reason.problems))
    # What others did meanwhile; where the author's version is unknown, what their edit would undo.
    texts = [reason.base, reason.text]
    if reason.base is None:
        texts = [reason.text, sent.content.decode("utf-8", "replace")]
    own = [await read_own(office, each, visit) for each in texts if each is not None]
    old, new = own if None not in own else ("", "")
    difference = await asyncio.to_thread(_differ, old or "", new or "")
    return ProblemError(
        409,
        "stale",
        f"别人先改过了，现在是第 {reason.version} 版，请在它的基础上再改。",
        headers={"ETag": tag_of(reason.version)},
        version=reason.version,
        difference=difference,
    )


def bad_file(problems: Sequence[FileProblemJson]) -> ProblemError:
    found = [each.model_dump() for each in problems]
    return ProblemError(422, "bad_hierarchy", f"文件里有 {len(found)} 处问题，没有采用。", problems=found)


def render_problems(problems: Sequence[FileProblem]) -> list[FileProblemJson]:
    return [
        FileProblemJson(line=each.line, path=each.path, message=each.message, message_zh=each.message_zh)
        for each in problems
    ]


def tag_of(version: int) -> str:
    return f'"{version}"'


def _say_broken(broken: FoldBroken) -> FileProblem:
    return FileProblem(
        broken.line,
        "",
        f"The line #⋯{broken.number} was removed, changed or moved. It stands for others' lines: put it back.",
        f"#⋯{broken.number} 这一行被删掉、改动或挪动了。它代表别处的内容，请放回原处。",
    )


def _say_others(count: int) -> str:
    return f"这里有 {count} 行不归这个令牌管，没有显示"


def _differ(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), "before", "after", lineterm="", n=2)
    return list(lines)[:MOST_LINES]
