"""What all pages on the tree share: the text a visitor works on, who may do what, and how long texts come in."""

import asyncio
import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request, Response
from starlette.datastructures import UploadFile

from admin_web.api.own_part import show_part, take_part
from admin_web.api.scope import ADMINS, Visit
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor, require_role
from admin_web.draft_steps import render_steps
from admin_web.hierarchy_office import Checked, HierarchyOffice
from admin_web.hierarchy_workshop import Doing, Draft, DraftBook, DraftChanged, Workshop
from admin_web.office import Office, words_of
from admin_web.part_text import FoldBroken, PartText, Restored, fold_like, show_whole
from admin_web.ports import Role
from admin_web.words import Words
from routing.hierarchy import Hierarchy

TREE = "/admin/hierarchy"
LARGEST_TEXT = 8 * 1024 * 1024
MOST_LINES = 1500
"""Of a difference: nobody reads more."""
AROUND = 3

Reader = Annotated[Visitor, Depends(require_role(*ADMINS, Role.AUDITOR))]
Editor = Annotated[Visitor, Depends(require_role(*ADMINS))]


@dataclass(frozen=True, slots=True)
class HierarchyPorts:
    office: HierarchyOffice
    drafts: DraftBook
    workshop: Workshop
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Work:
    """`text` is the visitor's draft, or what is in force. `kept` is a draft that was put away; `is_same` when every
    step of the draft was taken back, whatever others applied since."""

    text: str
    base: int
    newest: int
    draft: Draft | None = None
    kept: Draft | None = None
    is_same: bool = False

    @property
    def is_stale(self) -> bool:
        return self.draft is not None and self.base != self.newest and not self.is_same


@dataclass(frozen=True, slots=True)
class DiffLine:
    """`kind` is "gone", "come", "same" or "gap"; `old` and `new` count lines from 1, 0 where there is none."""

    kind: str
    text: str
    old: int = 0
    new: int = 0


class Drafting:
    def __init__(self, office: Office, ports: HierarchyPorts) -> None:
        self.office = office
        self.ports = ports

    async def open(self, visitor: Visitor) -> Work:
        newest = self.ports.office.current().version
        found = await self.ports.drafts.find(_account(visitor)) if visitor.role in ADMINS else None
        in_force = await self.ports.office.text(newest)
        if found is None or found.put_away_at is not None:
            return Work(in_force, newest, newest, kept=found)
        if found.base != newest and found.text == await self.ports.office.text(found.base):
            # Nothing of it is left to be brought onto what others applied since.
            return Work(in_force, newest, newest, draft=found, is_same=True)
        return Work(found.text, found.base, newest, draft=found, is_same=found.text == in_force)

    async def show_own(self, visitor: Visitor, text: str, t: Words) -> PartText | None:
        """What the visitor may read of a version. None where nothing tells whose lines are whose."""

        def say(count: int) -> str:
            return t("code.others_lines", n=count)

        return await show_part(self.ports.office, text, visitor.visit, say)

    async def show_draft(self, visitor: Visitor, text: str, *, base: int, t: Words) -> PartText | None:
        """The same of a text that is being written: others' lines are those of the version it began from, so that
        they are the same ones at each save, and while it is no YAML."""
        if visitor.visit.is_over_all:
            return show_whole(text)
        model = await self.show_own(visitor, await self.ports.office.text(base), t)
        shown = fold_like(text, model) if model is not None else None
        return shown or await self.show_own(visitor, text, t)

    async def take_own(self, visitor: Visitor, written: str, t: Words) -> Restored | FoldBroken:
        """The whole file with what the visitor wrote in it. 422 where the page could not show it."""
        if visitor.visit.is_over_all:
            return Restored(written, show_whole(written))
        work = await self.open(visitor)
        shown = await self.show_draft(visitor, work.text, base=work.base, t=t)
        if shown is None:
            raise PageRefused(422, "refused.not_our_form")
        return await take_part(self.ports.office, written, shown, visitor.visit)

    async def list_own_difference(self, visitor: Visitor, old: str, new: str, t: Words) -> Sequence[DiffLine]:
        """Between two texts that can be read, as far as the visitor may read them."""
        before = await self.show_own(visitor, old, t)
        after = await self.show_own(visitor, new, t)
        if before is None or after is None:
            return ()
        return await list_difference(before.text, after.text)

    async def check(self, text: str) -> Checked:
        return await self.ports.office.check(text.encode())

    async def tree_of(self, work: Work) -> tuple[Hierarchy, Checked | None]:
        """The draft's tree, or the one in force with what is wrong with the draft."""
        if work.draft is None:
            return self.ports.office.current(), None
        checked = await self.check(work.text)
        return checked.hierarchy or self.ports.office.current(), checked

    async def save(
        self, visitor: Visitor, text: str, doing: Doing, *, base: int, after: int | None = None
    ) -> Draft | DraftChanged:
        return await self.ports.drafts.save(_account(visitor), base=base, text=text, doing=doing, after=after)

    async def keep_note(self, visitor: Visitor, draft: Draft, note: str) -> None:
        """Why somebody edits, typed before they learn that others came first."""
        await self.ports.drafts.save(
            _account(visitor), base=draft.base, text=draft.text, doing=Doing("write"), note=note
        )

    async def undo(self, visitor: Visitor, number: int) -> Draft | None:
        return await self.ports.drafts.undo(_account(visitor), number)

    async def redo(self, visitor: Visitor, number: int) -> Draft | None:
        return await self.ports.drafts.redo(_account(visitor), number)

    async def put_away(self, visitor: Visitor) -> None:
        await self.ports.drafts.put_away(_account(visitor))

    async def take_up(self, visitor: Visitor) -> None:
        await self.ports.drafts.take_up(_account(visitor))

    async def drop(self, visitor: Visitor) -> None:
        await self.ports.drafts.drop(_account(visitor))

    def render(
        self, request: Request, template: str, *, tab: str, status: int = 200, **values: object
    ) -> Response:
        """`tab` is the one that is open; the others are shown beside it."""
        work = values.get("work")
        draft = work.draft if isinstance(work, Work) else None
        steps = render_steps(draft, words_of(request))
        frame = {"tab": tab, "version": self.ports.office.current().version, "steps": steps, **values}
        return self.office.render(request, template, status=status, **frame)


def may_edit(visitor: Visitor) -> bool:
    return visitor.role in ADMINS


def require_whole_text(visit: Visit) -> None:
    """The file names people everywhere: it is for admins and for those who see the whole tree, as in the API."""
    if not (visit.is_over_all or visit.grant.role in ADMINS):
        raise PageRefused(403, "refused.role_too_small")


def top_of(visit: Visit, tree: Hierarchy) -> str:
    """Of a tree that may be a draft, whose root may have another id."""
    return tree.root_id if visit.is_over_all else visit.grant.scope_node


async def read_long_form(request: Request) -> tuple[dict[str, str], bytes | None]:
    """Texts and the content of the one file of a form. Lines end as in the file, whatever the browser sends. 413 for a
    long text."""
    form = await request.form(max_files=1, max_fields=300, max_part_size=LARGEST_TEXT)
    files = [each for each in form.values() if isinstance(each, UploadFile)]
    content = await files[0].read() if files else None
    texts = {name: _own_lines(value) for name, value in form.items() if isinstance(value, str)}
    await form.close()
    if any(len(each) > LARGEST_TEXT for each in texts.values()):
        raise PageRefused(413, "refused.too_large")
    return texts, content


def text_sent(texts: dict[str, str], content: bytes | None) -> str:
    """The file as a script sends it whole, or as it stood in the plain field."""
    return texts.get("text", "") if content is None else content.decode("utf-8", "replace")


async def list_difference(old: str, new: str) -> Sequence[DiffLine]:
    return await asyncio.to_thread(_differ, old.splitlines(), new.splitlines())


def read_number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 9 else None


def _differ(old: list[str], new: list[str]) -> list[DiffLine]:
    """Changed lines with three lines around them, numbered as in their texts."""
    head = _count_alike(zip(old, new, strict=False))
    most = min(len(old), len(new)) - head
    tail = min(most, _count_alike(zip(reversed(old), reversed(new), strict=False)))
    # Only what lies between is compared: a file of many thousand lines would take seconds.
    skip, keep = max(0, head - AROUND), max(0, tail - AROUND)
    found: list[DiffLine] = []
    for each in _differ_all(old[skip : len(old) - keep], new[skip : len(new) - keep]):
        found.append(replace(each, old=each.old and each.old + skip, new=each.new and each.new + skip))
        if len(found) == MOST_LINES:
            break
    return found


def _differ_all(old: list[str], new: list[str]) -> Iterator[DiffLine]:
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND):
        yield DiffLine("gap", "", group[0][1] + 1, group[0][3] + 1)
        for tag, old_at, old_end, new_at, new_end in group:
            if tag == "equal":
                rows = range(old_end - old_at)
                yield from (DiffLine("same", old[old_at + i], old_at + i + 1, new_at + i + 1) for i in rows)
                continue
            yield from (DiffLine("gone", old[at], at + 1, 0) for at in range(old_at, old_end))
            yield from (DiffLine("come", new[at], 0, at + 1) for at in range(new_at, new_end))


def _count_alike(pairs: Iterable[tuple[str, str]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _own_lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _account(visitor: Visitor) -> int:
    assert visitor.account_id is not None
    return visitor.account_id
