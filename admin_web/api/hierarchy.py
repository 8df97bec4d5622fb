"""The admins' file through the API: read, checked, tried and applied. Reading and judging it is the office's."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from admin_web.api.body import YAML_TYPES, clean_text, read_bounded, require_type
from admin_web.api.heirs import WithoutHeir, read_heirs, render_heirs, require_heirs
from admin_web.api.hierarchy_models import (
    SAMPLE_TEXT,
    AppliedJson,
    CheckedJson,
    HeirJson,
    HierarchyJson,
    ImpactJson,
    RefusedJson,
    VersionJson,
    VersionsJson,
)
from admin_web.api.hierarchy_part import (
    Sent,
    bad_file,
    put_back,
    read_own,
    refusal_of,
    render_problems,
    tag_of,
)
from admin_web.api.operations import Operation, add
from admin_web.api.own_part import tell_own
from admin_web.api.plan_json import render_plan
from admin_web.api.scope import ADMINS, Visit, visit_of
from admin_web.api.tree import list_changes_outside, render_tree
from admin_web.hierarchy_office import NO_HEIRS, Applied, Heirs, Impact, Stale
from admin_web.ports import ApiPorts
from admin_web.problems import ProblemError

MAX_YAML = 8 * 1024 * 1024
MOST_VERSIONS = 100

_BODY = {"application/yaml": SAMPLE_TEXT}
_SHOW = Operation(
    "GET",
    "/hierarchy",
    "Read the hierarchy",
    "The version that is in force with its tree. The ETag is the version, for `If-Match` of the next edit. A token of "
    "a part of the tree reads its part of the text: lines that begin with `#⋯` stand for others' and are put back when "
    "the text is sent.",
    (401, 429, 503),
    answer=HierarchyJson,
    says="The hierarchy.",
    bare={304: "`If-None-Match` names the version that is in force."},
)
_CHANGE = Operation(
    "PUT",
    "/hierarchy",
    "Apply an edited hierarchy",
    "Checks the whole file and applies it as a new version. `If-Match` names the version that was edited; `*` stands "
    "for whichever is newest. When somebody else came first, 409 says what they changed. Problems are 422 with "
    "`problems`, each with its line. `dry_run=1` tells the impact and changes nothing. Open tickets of nodes that go "
    "are inherited by the heir that `heir` names, else by the nearest node above that stays; `impact.heirs` says by "
    "whom. With `heirs=ask` an edit that names no heir for them is refused with 409 `heirs_needed`, which lists the "
    "nodes, how many tickets each has and who may inherit. An admin of a part of the tree may change what is below "
    "their node and nothing else.",
    (401, 403, 409, 413, 415, 422, 428, 429, 503),
    answer=AppliedJson,
    body=_BODY,
    says="Applied, or tried.",
)
_CHECK = Operation(
    "POST",
    "/hierarchy/check",
    "Check a hierarchy",
    "Says what is wrong with a file, each with line, path and what to do, and changes nothing.",
    (401, 403, 413, 415, 429, 503),
    answer=CheckedJson,
    body=_BODY,
    says="What is wrong, if anything.",
)
_VERSIONS = Operation(
    "GET",
    "/hierarchy/versions",
    "List versions",
    "Who applied which version when; the newest hundred.",
    (401, 403, 429, 503),
    answer=VersionsJson,
    says="The versions.",
)
_REFUSED = Operation(
    "GET",
    "/hierarchy/refused",
    "Read the last refused edit",
    "Why the last edit of the file on disk was not taken. The tree before it goes on until the file is mended. The "
    "problems are for tokens of the whole tree.",
    (401, 403, 429, 503),
    answer=RefusedJson,
    says="The refused edit, if the newest was refused.",
)


class Edit(BaseModel):
    model_config = ConfigDict(extra="forbid")

    dry_run: bool = Field(False, description="Tell the impact alone.", examples=[True])
    heir: list[str] = Field(
        [],
        max_length=500,
        description="`node:heir`, for a node that goes: who inherits its tickets. Else the nearest node above.",
        examples=[["xingfuli-b37:xingfuli-b36"]],
    )
    heirs: WithoutHeir = Field(
        WithoutHeir.NEAREST,
        description="What becomes of open tickets for which no heir is named: `nearest`, they go to the nearest node "
        "above; `ask`, the edit is refused until an heir is named.",
        examples=["ask"],
    )
    note: str = Field(
        "", max_length=200, description="Why, for the list of versions.", examples=["新增37号楼"]
    )


class HierarchyDesk:
    def __init__(self, ports: ApiPorts) -> None:
        self._office = ports.hierarchy

    def add_to(self, router: APIRouter) -> None:
        add(router, _SHOW, self.show_hierarchy)
        add(router, _CHANGE, self.change_hierarchy)
        add(router, _CHECK, self.check_hierarchy)
        add(router, _VERSIONS, self.list_versions)
        add(router, _REFUSED, self.show_refused)

    async def show_hierarchy(
        self,
        request: Request,
        response: Response,
        if_none_match: Annotated[str | None, Header(max_length=200)] = None,
    ) -> HierarchyJson | Response:
        visit = visit_of(request)
        version = visit.hierarchy.version
        headers = {"ETag": tag_of(version), "Cache-Control": "private, no-cache", "Vary": "Authorization"}
        if if_none_match is not None and _is_held(if_none_match, version):
            return Response(status_code=304, headers=headers)
        response.headers.update(headers)
        text = await read_own(self._office, await self._office.text(version), visit)
        top = visit.hierarchy.root_id if visit.is_over_all else visit.grant.scope_node
        return HierarchyJson(version=version, text=text, tree=render_tree(visit.hierarchy, top))

    async def change_hierarchy(
        self,
        request: Request,
        response: Response,
        edit: Annotated[Edit, Query()],
        if_match: Annotated[str | None, Header(max_length=200)] = None,
    ) -> AppliedJson:
        visit = visit_of(request)
        visit.require_role(ADMINS)
        if not if_match:
            raise ProblemError(428, "condition_needed", "请带上 If-Match，写明改的是哪一版。")
        before = None if if_match.strip() == "*" else _parse_tag(if_match)
        sent = await put_back(self._office, await _read_yaml(request), visit, version=before)
        await self._require_own_part(sent, visit, before)
        named = read_heirs(edit.heir, visit.hierarchy)
        found = await self._office.list_heirs(sent.content, named)
        if before in {None, visit.hierarchy.version}:
            require_heirs(found, named, edit.heirs)
        version, impact = await self._put(sent, visit, edit, before, named)
        response.headers["ETag"] = tag_of(version)
        rendered = _render_impact(impact, render_heirs(found, named))
        return AppliedJson(version=version, dry_run=edit.dry_run, impact=rendered)

    async def check_hierarchy(self, request: Request) -> CheckedJson:
        visit = visit_of(request)
        visit.require_role(ADMINS)
        sent = await put_back(self._office, await _read_yaml(request), visit, version=None)
        checked = await self._office.check(sent.content)
        return CheckedJson(
            ok=checked.hierarchy is not None,
            summary=checked.summary,
            problems=sent.tell(checked.problems),
            warnings=render_problems(tell_own(checked.warnings, sent.shown, visit)),
        )

    async def list_versions(self, request: Request) -> VersionsJson:
        visit_of(request).require_role(ADMINS)
        versions = await self._office.list_versions(limit=MOST_VERSIONS)
        items = [
            VersionJson(
                version=each.version,
                author=each.author,
                note=each.note,
                applied_at=each.applied_at,
                digest=each.digest,
            )
            for each in versions
        ]
        return VersionsJson(items=items)

    async def show_refused(self, request: Request) -> RefusedJson:
        visit = visit_of(request)
        visit.require_role(ADMINS)
        refused = await self._office.find_refused()
        if refused is None:
            return RefusedJson(at=None, problems=[])
        return RefusedJson(
            at=refused.at, problems=render_problems(refused.problems) if visit.is_over_all else []
        )

    async def _put(
        self, sent: Sent, visit: Visit, edit: Edit, before: int | None, heirs: Heirs
    ) -> tuple[int, Impact]:
        """The newest version after it, and whom it touches."""
        if edit.dry_run:
            weighed = await self._office.weigh(sent.content, if_version=before, heirs=heirs)
            if isinstance(weighed, Impact):
                return visit.hierarchy.version, weighed
            raise await refusal_of(self._office, weighed, sent, visit)
        applied = await self._office.apply(
            sent.content, author=visit.grant.name, note=clean_text(edit.note), if_version=before, heirs=heirs
        )
        if isinstance(applied, Applied):
            return applied.version, applied.impact
        raise await refusal_of(self._office, applied, sent, visit)

    async def _require_own_part(self, sent: Sent, visit: Visit, before: int | None) -> None:
        if visit.is_over_all:
            return
        if before not in {None, visit.hierarchy.version}:
            weighed = await self._office.weigh(sent.content, if_version=before, heirs=NO_HEIRS)
            if isinstance(weighed, Stale):
                # What others did elsewhere would look like this author's doing.
                raise await refusal_of(self._office, weighed, sent, visit)
        checked = await self._office.check(sent.content)
        if checked.hierarchy is None:
            raise bad_file(sent.tell(checked.problems))
        outside = list_changes_outside(visit.hierarchy, checked.hierarchy, visit.grant.scope_node)
        if outside or visit.hierarchy.find_node(visit.grant.scope_node) is None:
            raise ProblemError(
                403, "outside_your_part", "只能改您这一级以下的内容，别处也有改动。", outside=outside[:50]
            )


async def _read_yaml(request: Request) -> bytes:
    require_type(request, YAML_TYPES)
    return await read_bounded(request, limit=MAX_YAML)


def _is_held(condition: str, version: int) -> bool:
    """Whether the caller has this version: `*` or one of a list of tags (RFC 9110, 13.1.2)."""
    tags = condition.split(",")
    return condition.strip() == "*" or any(_parse_tag(each) == version for each in tags)


def _parse_tag(tag: str) -> int:
    """-1, which no version is, for what is no tag of ours."""
    digits = tag.strip().removeprefix("W/").strip('"')
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else -1


def _render_impact(impact: Impact, heirs: list[HeirJson]) -> ImpactJson:
    return ImpactJson(
        moves=list(impact.moves),
        lose_holder=list(impact.lose_holder),
        changes=list(impact.changes),
        heirs=heirs,
        plan=render_plan(impact.plan) if impact.plan is not None else None,
    )
