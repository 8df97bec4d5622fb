"""What an edit means, and putting it into force: the plan, its confirmations, the conflict, and going back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin_web.api.tree import list_changes_outside
from admin_web.auth.visitor import Visitor
from admin_web.hierarchy_office import Applied, FileProblem, Impact, Refused, Stale
from admin_web.hierarchy_plan import EditPlan
from admin_web.hierarchy_workshop import Doing, Draft
from admin_web.office import go_to, words_of
from admin_web.pages.hierarchy_code import CODE
from admin_web.pages.hierarchy_drafting import (
    TREE,
    DiffLine,
    Drafting,
    Editor,
    read_long_form,
    read_number,
)
from admin_web.pages.hierarchy_versions import name_author, say_note
from admin_web.part_text import is_change_below
from admin_web.plan_lines import list_sections, sum_up
from routing.hierarchy import Hierarchy

PLAN = f"{TREE}/plan"
RESTORE = f"{TREE}/restore"
HEIR_FIELD = "heir."


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be put into force: the draft (`number` 0), or the text of an earlier version."""

    text: str
    base: int
    note: str
    draft: Draft | None = None
    number: int = 0

    @property
    def revision(self) -> int:
        return self.draft.revision if self.draft else 0

    @property
    def is_draft(self) -> bool:
        return self.number == 0

    @property
    def tab(self) -> str:
        return "tree" if self.is_draft else "versions"

    @property
    def action(self) -> str:
        return f"{TREE}/apply" if self.is_draft else RESTORE


def build_router(drafting: Drafting) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = PlanPage(drafting)
    router.add_api_route(PLAN, page.show, methods=["GET"])
    router.add_api_route(f"{TREE}/apply", page.apply, methods=["POST"])
    router.add_api_route(f"{TREE}/rebase", page.rebase, methods=["POST"])
    router.add_api_route(RESTORE, page.show_restore, methods=["GET"])
    router.add_api_route(RESTORE, page.restore, methods=["POST"])
    return router


class PlanPage:
    def __init__(self, drafting: Drafting) -> None:
        self._drafting = drafting
        self._tree = drafting.ports.office

    async def show(self, request: Request, visitor: Editor) -> Response:
        subject = await self._find_draft(visitor)
        return await self._show(request, visitor, subject, {}) if subject else go_to(TREE)

    async def apply(self, request: Request, visitor: Editor) -> Response:
        form, _ = await read_long_form(request)
        subject = await self._find_draft(visitor)
        if subject is None:
            return go_to(TREE)
        if read_number(form.get("revision", "")) != subject.revision:
            return await self._show(
                request, visitor, subject, form, complaint="apply.changed_since", status=422
            )
        return await self._apply(request, visitor, subject, form)

    async def show_restore(self, request: Request, visitor: Editor, number: int = 0) -> Response:
        subject = await self._find_version(request, number)
        return await self._show(request, visitor, subject, {}) if subject else go_to(f"{TREE}/versions")

    async def restore(self, request: Request, visitor: Editor) -> Response:
        form, _ = await read_long_form(request)
        subject = await self._find_version(request, read_number(form.get("number", "")) or 0)
        if subject is None:
            return go_to(f"{TREE}/versions")
        if read_number(form.get("base", "")) != subject.base:
            return await self._show(
                request, visitor, subject, form, complaint="apply.changed_since", status=409
            )
        return await self._apply(request, visitor, subject, form)

    async def rebase(self, request: Request, visitor: Editor) -> Response:
        """Brings the draft onto the newest version, with everything that was typed."""
        work = await self._drafting.open(visitor)
        if work.draft is None:
            return go_to(TREE)
        base, newest = await self._tree.text(work.base), await self._tree.text(work.newest)
        merged = await self._drafting.ports.workshop.merge(base=base, mine=work.text, newest=newest)
        doing = Doing("rebase", {"version": str(work.newest)})
        await self._drafting.save(visitor, merged.text, doing, base=work.newest)
        return go_to(f"{CODE}?said=tree.said.rebased&left={merged.conflicts}")

    async def _find_draft(self, visitor: Visitor) -> Subject | None:
        work = await self._drafting.open(visitor)
        if work.draft is None:
            return None
        return Subject(work.text, work.base, work.draft.note, draft=work.draft)

    async def _find_version(self, request: Request, number: int) -> Subject | None:
        current = self._tree.current().version
        if not 0 < number < current:
            return None
        note = words_of(request)("versions.restore_note", version=number)
        return Subject(await self._tree.text(number), current, note, number=number)

    async def _apply(
        self, request: Request, visitor: Visitor, subject: Subject, form: Mapping[str, str]
    ) -> Response:
        """Only what was seen and confirmed: the plan is made once more before it comes true."""
        heirs, note = _read_heirs(form), form.get("note", "").strip()[:200]
        weighed = await self._tree.weigh(subject.text.encode(), if_version=subject.base, heirs=heirs)
        if not isinstance(weighed, Impact):
            if subject.draft is not None:
                await self._drafting.keep_note(visitor, subject.draft, note)
            return await self._show(request, visitor, subject, form, status=409)
        plan = await self._with_outside(weighed.plan or EditPlan(), visitor, subject)
        complaint = _find_objection(plan, form, heirs)
        if complaint:
            status = 403 if plan.outside else 422
            return await self._show(request, visitor, subject, form, complaint=complaint, status=status)
        applied = await self._tree.apply(
            subject.text.encode(),
            author=visitor.name,
            note=note,
            if_version=subject.base,
            heirs=heirs,
        )
        if not isinstance(applied, Applied):
            return await self._show(request, visitor, subject, form, status=409)
        if subject.is_draft:
            await self._drafting.drop(visitor)
        return go_to(f"{TREE}/versions?said=tree.said.applied")

    async def _show(
        self,
        request: Request,
        visitor: Visitor,
        subject: Subject,
        form: Mapping[str, str],
        *,
        complaint: str = "",
        status: int = 200,
    ) -> Response:
        heirs = _read_heirs(form)
        weighed = await self._tree.weigh(subject.text.encode(), if_version=subject.base, heirs=heirs)
        if isinstance(weighed, Stale):
            return await self._show_conflict(request, visitor, subject, weighed, status)
        if isinstance(weighed, Refused):
            return self._drafting.render(
                request,
                "hierarchy_refused.html",
                tab=subject.tab,
                status=422 if status == 409 else status,
                problems=await self._tell_own(request, visitor, subject, weighed),
                subject=subject,
            )
        plan = await self._with_outside(weighed.plan or EditPlan(), visitor, subject)
        return await self._show_plan(
            request, visitor, subject, plan, form=form, complaint=complaint, status=status
        )

    async def _tell_own(
        self, request: Request, visitor: Visitor, subject: Subject, refused: Refused
    ) -> tuple[FileProblem, ...]:
        """By the lines that the visitor sees."""
        t = words_of(request)
        shown = await self._drafting.show_draft(visitor, subject.text, base=subject.base, t=t)
        return shown.tell(refused.problems) if shown is not None else refused.problems

    async def _show_plan(
        self,
        request: Request,
        visitor: Visitor,
        subject: Subject,
        plan: EditPlan,
        *,
        form: Mapping[str, str],
        complaint: str,
        status: int,
    ) -> Response:
        t = words_of(request)
        before = await self._tree.text(subject.base)
        return self._drafting.render(
            request,
            "hierarchy_plan.html",
            tab=subject.tab,
            status=status,
            plan=plan,
            summary=sum_up(plan, t),
            sections=list_sections(plan, t),
            subject=subject,
            form=form,
            note=form.get("note", subject.note),
            complaint=complaint,
            difference=await self._drafting.list_own_difference(visitor, before, subject.text, t),
            is_same=before == subject.text,
            refused=await self._tree.find_refused(),
        )

    async def _show_conflict(
        self, request: Request, visitor: Visitor, subject: Subject, stale: Stale, status: int
    ) -> Response:
        t = words_of(request)

        async def differ(old: str, new: str) -> Sequence[DiffLine]:
            return await self._drafting.list_own_difference(visitor, old, new, t)

        base = stale.base if stale.base is not None else stale.text
        versions = await self._tree.list_versions(limit=50)
        return self._drafting.render(
            request,
            "hierarchy_conflict.html",
            tab="tree",
            status=status,
            subject=subject,
            newest=stale.version,
            versions=[
                (each, name_author(each.author, t), say_note(each.note, t))
                for each in versions
                if each.version > subject.base
            ],
            theirs=await differ(base, stale.text),
            mine=await differ(base, subject.text),
        )

    async def _with_outside(self, plan: EditPlan, visitor: Visitor, subject: Subject) -> EditPlan:
        """What the visitor may not touch, by name where it has one. `settings` and `expect` are keys of words."""
        if visitor.visit.is_over_all:
            return plan
        old = self._tree.current()
        new = (await self._drafting.check(subject.text)).hierarchy
        if new is None:
            return plan
        top = visitor.visit.grant.scope_node
        found = list_changes_outside(old, new, top)
        outside = tuple(_name_outside(each, old, new) for each in found)
        if not outside:
            return plan
        # What it would mean elsewhere is nobody's business who may not do it.
        own = tuple(each for each in plan.changes if is_change_below(each, top, old, new))
        return EditPlan(changes=own, outside=outside)


def _name_outside(thing_id: str, old: Hierarchy, new: Hierarchy) -> str:
    here = old.find_node(thing_id) or new.find_node(thing_id) or old.find_group(thing_id)
    return f"{here.name} ({thing_id})" if here is not None else thing_id


def _find_objection(plan: EditPlan, form: Mapping[str, str], heirs: Mapping[str, str]) -> str:
    """The key of what is missing for this plan to come true; empty when nothing is."""
    if plan.outside:
        return "apply.outside"
    if any(heirs.get(each.node_id) != each.heir_id for each in plan.heirs):
        return "apply.new_tickets"
    needs_heirs = plan.heirs and not form.get("confirm_heirs")
    needs_examples = plan.must_confirm_examples and not form.get("confirm_examples")
    return "apply.must_confirm" if needs_heirs or needs_examples else ""


def _read_heirs(form: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(HEIR_FIELD): value for name, value in form.items() if name.startswith(HEIR_FIELD)
    }
