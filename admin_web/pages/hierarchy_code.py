"""The file itself in the browser: an editor that checks and saves as one types, and a message tried beside it."""

from itertools import islice
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from admin_web.api.own_part import tell_own
from admin_web.api.scope import Visit
from admin_web.auth.visitor import Visitor
from admin_web.draft_steps import render_steps, say_step
from admin_web.hierarchy_office import FileProblem
from admin_web.hierarchy_trying import Trial
from admin_web.hierarchy_workshop import Act, Doing, DraftChanged, Edited
from admin_web.office import go_to, words_of
from admin_web.pages.hierarchy_drafting import (
    TREE,
    Drafting,
    Editor,
    Reader,
    Work,
    may_edit,
    read_long_form,
    read_number,
    require_whole_text,
    text_sent,
    top_of,
)
from admin_web.part_text import FoldBroken, PartText, Restored, show_whole
from admin_web.rendering import PAGE_HEADERS
from admin_web.words import Words
from routing.hierarchy import RESIDENTS, Hierarchy

CODE = f"{TREE}/code"
MOST_IDS = 400
SAID = frozenset({"tree.said.taken_up", "tree.said.rebased", "tree.said.edited"})
WRITE = Doing("write")


def build_router(drafting: Drafting) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = CodePage(drafting)
    router.add_api_route(CODE, page.show, methods=["GET"])
    router.add_api_route(f"{TREE}/check", page.check, methods=["POST"])
    router.add_api_route(f"{TREE}/draft", page.save, methods=["POST"])
    router.add_api_route(f"{TREE}/draft/put-away", page.put_away, methods=["POST"])
    router.add_api_route(f"{TREE}/draft/take-up", page.take_up, methods=["POST"])
    router.add_api_route(f"{TREE}/try", page.try_message, methods=["POST"])
    return router


class CodePage:
    def __init__(self, drafting: Drafting) -> None:
        self._drafting = drafting

    async def show(self, request: Request, visitor: Reader, said: str = "", left: int = 0) -> Response:
        require_whole_text(visitor.visit)
        t = words_of(request)
        work = await self._drafting.open(visitor)
        shown = await self._drafting.show_draft(visitor, work.text, base=work.base, t=t)
        told = t(said) if said in SAID else say_step(said, work.draft, t)
        return await self._show(request, visitor, work, shown, said=told, left=max(0, min(left, 999)))

    async def _show(
        self,
        request: Request,
        visitor: Visitor,
        work: Work,
        shown: PartText | None,
        *,
        said: str = "",
        left: int = 0,
        broken: FoldBroken | None = None,
    ) -> Response:
        t = words_of(request)
        checked = await self._drafting.check(work.text)
        tree = checked.hierarchy or self._drafting.ports.office.current()
        groups = list_groups(tree, top_of(visitor.visit, tree))
        tell = shown.tell if shown is not None else tuple
        problems = (_say_broken(broken, t),) if broken else tell(checked.problems)
        return self._drafting.render(
            request,
            "hierarchy_code.html",
            tab="code",
            status=422 if broken else 200,
            work=work,
            shown=shown,
            problems=_render_problems(problems, t),
            warnings=_render_problems(() if broken else tell_own(checked.warnings, shown, visitor.visit), t),
            groups=groups,
            first_group=next(iter(groups), ("", ""))[0],
            may_edit=may_edit(visitor),
            said=said,
            left=left,
        )

    async def check(self, request: Request, visitor: Editor) -> Response:
        """What the editor marks and offers: problems by line, and the ids that may stand where."""
        t = words_of(request)
        taken = await self._drafting.take_own(visitor, text_sent(*await read_long_form(request)), t)
        newest = self._drafting.ports.office.current().version
        if isinstance(taken, FoldBroken):
            broken = _render_problems((_say_broken(taken, t),), t)
            return _json({"ok": False, "newest": newest, "problems": broken, "warnings": [], "ids": None})
        checked = await self._drafting.check(taken.text)
        return _json(
            {
                "ok": checked.hierarchy is not None,
                "newest": newest,
                "problems": _render_problems(taken.shown.tell(checked.problems), t),
                "warnings": _render_problems(tell_own(checked.warnings, taken.shown, visitor.visit), t),
                "ids": _list_ids(checked.hierarchy, visitor.visit) if checked.hierarchy else None,
            }
        )

    async def save(self, request: Request, visitor: Editor) -> Response:
        """From the editor's script: JSON, and never over what another window saved. From the plain form: the page."""
        form, content = await read_long_form(request)
        written, t = text_sent(form, content), words_of(request)
        base = read_number(form.get("base", "")) or self._drafting.ports.office.current().version
        if not written.strip():
            return go_to(CODE)
        taken = await self._drafting.take_own(visitor, written, t)
        if isinstance(taken, FoldBroken):
            return await self._refuse_broken(request, visitor, form, written, taken)
        if form.get("by") != "script":
            await self._drafting.save(visitor, taken.text, WRITE, base=base)
            return go_to(f"{TREE}/plan" if form.get("then") == "plan" else CODE)
        after = read_number(form.get("revision", ""))
        saved = await self._drafting.save(visitor, taken.text, WRITE, base=base, after=after)
        if isinstance(saved, DraftChanged):
            return _json({"revision": saved.draft.revision}, status=409)
        shown = self._drafting.office.show_instant(saved.saved_at)[-5:]
        return _json({"revision": saved.revision, "at": shown, "steps": render_steps(saved, t)})

    async def _refuse_broken(
        self, request: Request, visitor: Visitor, form: dict[str, str], written: str, broken: FoldBroken
    ) -> Response:
        """Nothing is saved, and what was typed stays on the screen."""
        t = words_of(request)
        if form.get("by") == "script":
            return _json({"message": t("code.broken_fold", n=broken.number)}, status=422)
        work = await self._drafting.open(visitor)
        return await self._show(request, visitor, work, show_whole(written), broken=broken)

    async def put_away(self, request: Request, visitor: Editor) -> Response:
        await self._drafting.put_away(visitor)
        return go_to(TREE)

    async def take_up(self, request: Request, visitor: Editor) -> Response:
        await self._drafting.take_up(visitor)
        return go_to(f"{CODE}?said=tree.said.taken_up")

    async def try_message(self, request: Request, visitor: Editor) -> Response:
        """A piece of the page for the script, a page of its own without it. `keep` puts it to the examples."""
        form, content = await read_long_form(request)
        text = await self._text_to_try(request, visitor, text_sent(form, content))
        tree = (await self._drafting.check(text)).hierarchy if text is not None else None
        if text is None or tree is None:
            return self._show_trial(request, form, None, refusal="try.bad_file")
        message = form.get("message", "")[:500].strip()
        group_id = find_group(tree, form.get("group", ""), top_of(visitor.visit, tree))
        trial = await self._drafting.ports.workshop.try_message(tree, message, group_id)
        if trial is None:
            return self._show_trial(request, form, None, refusal="try.unknown_group")
        if form.get("keep"):
            values = {
                "say": message,
                "in": group_id,
                "category": trial.category_id,
                "goes_to": trial.group_id,
            }
            return await self._keep(visitor, text, values, form)
        return self._show_trial(request, form, trial)

    async def _text_to_try(self, request: Request, visitor: Visitor, written: str) -> str | None:
        if not written:
            return (await self._drafting.open(visitor)).text
        taken = await self._drafting.take_own(visitor, written, words_of(request))
        return taken.text if isinstance(taken, Restored) else None

    def _show_trial(
        self, request: Request, form: dict[str, str], trial: Trial | None, *, refusal: str = ""
    ) -> Response:
        said = words_of(request)(refusal) if refusal else ""
        if form.get("by") == "script":
            return self._drafting.office.render(request, "hierarchy_trial.html", trial=trial, refusal=said)
        return self._drafting.render(request, "hierarchy_try.html", tab="code", trial=trial, refusal=said)

    async def _keep(
        self, visitor: Visitor, text: str, values: dict[str, str], form: dict[str, str]
    ) -> Response:
        edited = await self._drafting.ports.workshop.act(text, Act("add_example", values))
        if isinstance(edited, Edited):
            base = read_number(form.get("base", "")) or self._drafting.ports.office.current().version
            doing = Doing("add_example", {"name": values["say"][:20]})
            await self._drafting.save(visitor, edited.text, doing, base=base)
        return go_to(f"{CODE}?said=tree.said.edited")


def list_groups(tree: Hierarchy, top: str) -> list[tuple[str, str]]:
    """Id and name of those below a node in which residents talk first, for choosing; not more than somebody scrolls
    through."""
    below = (group for node in tree.subtree(top) for group in node.groups)
    ordered = sorted(below, key=lambda each: each.kind != RESIDENTS)
    return [(each.group_id, each.name) for each in ordered[:MOST_IDS]]


def find_group(tree: Hierarchy, written: str, top: str) -> str:
    """Below a node, by id, or by a name that only one has; empty otherwise."""
    below = [group for node in tree.subtree(top) for group in node.groups]
    if any(each.group_id == written.strip() for each in below):
        return written.strip()
    named = [each.group_id for each in below if each.name == written.strip()]
    return named[0] if len(named) == 1 else ""


def _list_ids(tree: Hierarchy, visit: Visit) -> dict[str, list[list[str]]]:
    """What may stand where. Of groups and places those below a node: others' are nobody's business."""
    kinds, top = dict.fromkeys(each.kind for each in tree.groups.values()), top_of(visit, tree)
    nodes = islice(tree.subtree(top), MOST_IDS)
    return {
        "levels": [[each.level_id, each.name] for each in tree.levels],
        "categories": [[each.category_id, each.name] for each in tree.categories],
        "calendars": [[each, ""] for each in tree.calendars],
        "clocks": [[each, ""] for each in tree.clocks],
        "kinds": [[each, ""] for each in kinds],
        "groups": [list(each) for each in list_groups(tree, top)],
        "nodes": [[each.node_id, each.name] for each in nodes],
    }


def _say_broken(broken: FoldBroken, t: Words) -> FileProblem:
    said = t("code.broken_fold", n=broken.number)
    return FileProblem(broken.line, "", said, said)


def _render_problems(problems: tuple[FileProblem, ...], t: Words) -> list[dict[str, Any]]:
    return [
        {
            "line": each.line,
            "path": each.path,
            "message": each.message_zh if t.language.value == "zh" and each.message_zh else each.message,
        }
        for each in problems
    ]


def _json(content: dict[str, Any], *, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, {**PAGE_HEADERS})
