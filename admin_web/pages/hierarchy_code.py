"""The file itself in the browser: an editor that checks and saves as one types, and a message tried beside it."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from admin_web.auth.visitor import Visitor
from admin_web.draft_steps import render_steps, say_step
from admin_web.hierarchy_office import Checked, FileProblem
from admin_web.hierarchy_trying import Trial
from admin_web.hierarchy_workshop import Act, Doing, DraftChanged, Edited
from admin_web.office import go_to, words_of
from admin_web.pages.hierarchy_drafting import (
    TREE,
    Drafting,
    Editor,
    Reader,
    may_edit,
    read_long_form,
    read_number,
    require_whole_text,
    text_sent,
)
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
        work = await self._drafting.open(visitor)
        checked = await self._drafting.check(work.text)
        tree = checked.hierarchy or self._drafting.ports.office.current()
        return self._drafting.render(
            request,
            "hierarchy_code.html",
            tab="code",
            work=work,
            problems=_render_problems(checked.problems, words_of(request)),
            warnings=_render_problems(checked.warnings, words_of(request)),
            groups=list_groups(tree),
            first_group=next(iter(list_groups(tree)), ("", ""))[0],
            may_edit=may_edit(visitor),
            said=words_of(request)(said) if said in SAID else say_step(said, work.draft, words_of(request)),
            left=max(0, min(left, 999)),
        )

    async def check(self, request: Request, visitor: Editor) -> Response:
        """What the editor marks and offers: problems by line, and the ids that may stand where."""
        text = text_sent(*await read_long_form(request))
        checked = await self._drafting.check(text)
        t = words_of(request)
        return _json(
            {
                "ok": checked.hierarchy is not None,
                "newest": self._drafting.ports.office.current().version,
                "problems": _render_problems(checked.problems, t),
                "warnings": _render_problems(checked.warnings, t),
                "ids": _list_ids(checked) if checked.hierarchy else None,
            }
        )

    async def save(self, request: Request, visitor: Editor) -> Response:
        """From the editor's script: JSON, and never over what another window saved. From the plain form: the page."""
        form, content = await read_long_form(request)
        text = text_sent(form, content)
        base = read_number(form.get("base", "")) or self._drafting.ports.office.current().version
        if not text.strip():
            return go_to(CODE)
        if form.get("by") != "script":
            await self._drafting.save(visitor, text, WRITE, base=base)
            return go_to(f"{TREE}/plan" if form.get("then") == "plan" else CODE)
        after = read_number(form.get("revision", ""))
        saved = await self._drafting.save(visitor, text, WRITE, base=base, after=after)
        if isinstance(saved, DraftChanged):
            return _json({"revision": saved.draft.revision}, status=409)
        shown = self._drafting.office.show_instant(saved.saved_at)[-5:]
        steps = render_steps(saved, words_of(request))
        return _json({"revision": saved.revision, "at": shown, "steps": steps})

    async def put_away(self, request: Request, visitor: Editor) -> Response:
        await self._drafting.put_away(visitor)
        return go_to(TREE)

    async def take_up(self, request: Request, visitor: Editor) -> Response:
        await self._drafting.take_up(visitor)
        return go_to(f"{CODE}?said=tree.said.taken_up")

    async def try_message(self, request: Request, visitor: Editor) -> Response:
        """A piece of the page for the script, a page of its own without it. `keep` puts it to the examples."""
        form, content = await read_long_form(request)
        text = text_sent(form, content) or (await self._drafting.open(visitor)).text
        tree = (await self._drafting.check(text)).hierarchy
        if tree is None:
            return self._show_trial(request, form, None, refusal="try.bad_file")
        message, group_id = form.get("message", "")[:500].strip(), find_group(tree, form.get("group", ""))
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


def list_groups(tree: Hierarchy) -> list[tuple[str, str]]:
    """Id and name of those in which residents talk first, for choosing; not more than somebody scrolls through."""
    ordered = sorted(tree.groups.values(), key=lambda each: each.kind != RESIDENTS)
    return [(each.group_id, each.name) for each in ordered[:MOST_IDS]]


def find_group(tree: Hierarchy, written: str) -> str:
    """By id, or by a name that only one has; empty otherwise."""
    if tree.find_group(written.strip()):
        return written.strip()
    named = [each.group_id for each in tree.groups.values() if each.name == written.strip()]
    return named[0] if len(named) == 1 else ""


def _list_ids(checked: Checked) -> dict[str, list[list[str]]]:
    tree = checked.hierarchy
    assert tree is not None
    kinds = dict.fromkeys(each.kind for each in tree.groups.values())
    return {
        "levels": [[each.level_id, each.name] for each in tree.levels],
        "categories": [[each.category_id, each.name] for each in tree.categories],
        "calendars": [[each, ""] for each in tree.calendars],
        "clocks": [[each, ""] for each in tree.clocks],
        "kinds": [[each, ""] for each in kinds],
        "groups": [list(each) for each in list_groups(tree)],
        "nodes": [[each.node_id, each.name] for each in list(tree.nodes.values())[:MOST_IDS]],
    }


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
