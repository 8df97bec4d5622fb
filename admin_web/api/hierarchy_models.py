"""The shapes of the admins' file, its tree and its problems as programs see them, with an example each."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer
from pydantic.config import JsonDict

SAMPLE_TEXT = """version: 1
name: 新华街道
levels:
  - {id: building, name: 楼栋}
  - {id: street, name: 街道}
tree:
  - {id: xinhua, level: street, name: 新华街道}
"""
_PROBLEM: JsonDict = {
    "line": 12,
    "path": "tree[0].groups[1].kind",
    "message": '"staf" is no kind of group; did you mean "staff"?',
    "message_zh": "没有“staf”这种群，是不是 staff？",
}
_TREE: JsonDict = {
    "id": "xinhua",
    "level": "street",
    "name": "新华街道",
    "groups": [{"id": "xinhua-staff", "kind": "staff", "name": "街道工作群", "channels": ["telegram"]}],
    "staff": [{"id": "zhao", "name": "赵敏", "role": "街道专员", "groups": ["xinhua-staff"]}],
    "children": [],
}
_PLAN: JsonDict = {
    "changes": [
        {
            "thing": "node",
            "fate": "removed",
            "thing_id": "xingfuli-b37",
            "name": "37号楼",
            "where": "幸福里社区",
            "fields": [],
        }
    ],
    "heirs": [
        {
            "node_id": "xingfuli-b37",
            "name": "幸福里社区37号楼",
            "heir_id": "xingfuli",
            "heir_name": "新华街道幸福里社区",
            "tickets": [1024],
            "choices": [["xingfuli", "新华街道幸福里社区"]],
        }
    ],
    "says": {
        "zh": {"summary": "去掉节点 1", "sections": []},
        "en": {"summary": "Removed place 1", "sections": []},
    },
}
_HEIR: JsonDict = {
    "node": "xingfuli-b37",
    "name": "幸福里社区37号楼",
    "heir": "xingfuli",
    "heir_name": "新华街道幸福里社区",
    "was_named": False,
    "tickets": [1024],
}
_IMPACT: JsonDict = {
    "moves": [1024],
    "lose_holder": [],
    "changes": ["- node xingfuli-b37"],
    "heirs": [_HEIR],
    "plan": _PLAN,
}
_VERSION: JsonDict = {
    "version": 3,
    "author": "zhao",
    "note": "新增37号楼",
    "applied_at": "2026-11-23T09:00:00Z",
    "digest": "5f70bf18a086",
}


class FileProblemJson(BaseModel):
    """`line` counts from 1; `path` is empty for the whole file."""

    model_config = ConfigDict(json_schema_extra={"examples": [_PROBLEM]})

    line: int
    path: str
    message: str
    message_zh: str


class HierarchyJson(BaseModel):
    """`tree` is the part below the token's node. `text` is the whole file, for admins and for tokens over the whole
    tree; null for others, as it names people everywhere."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"version": 3, "text": SAMPLE_TEXT, "tree": _TREE}]}
    )

    version: int
    text: str | None
    tree: dict[str, Any] | None


class HeirJson(BaseModel):
    """A node that goes with tickets under way, and the node that gets them. `was_named` is false where nobody named it
    and it is the nearest above that stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [_HEIR]})

    node: str
    name: str
    heir: str
    heir_name: str
    was_named: bool
    tickets: list[int]


class ImpactJson(BaseModel):
    """Numbers of tickets under way that move, or lose the person who holds them; what changes, in lines."""

    model_config = ConfigDict(json_schema_extra={"examples": [_IMPACT]})

    moves: list[int]
    lose_holder: list[int]
    changes: list[str]
    heirs: list[HeirJson] = Field([], description="Who inherits the tickets of nodes that go.")
    plan: dict[str, Any] | None = Field(
        None, description="Of a dry run: all that the edit means, as values; `says` is the same in sentences."
    )

    @model_serializer(mode="wrap")
    def _without_empty_plan(self, render: SerializerFunctionWrapHandler) -> dict[str, Any]:
        rendered: dict[str, Any] = render(self)
        return {name: value for name, value in rendered.items() if name != "plan" or value is not None}


class AppliedJson(BaseModel):
    """`version` is the newest one; of a dry run the one that stays."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"version": 4, "dry_run": False, "impact": _IMPACT}]}
    )

    version: int
    dry_run: bool
    impact: ImpactJson


class CheckedJson(BaseModel):
    """`ok` when the file could be applied."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"ok": False, "summary": "", "problems": [_PROBLEM], "warnings": []}]}
    )

    ok: bool
    summary: str
    problems: list[FileProblemJson]
    warnings: list[FileProblemJson]


class VersionJson(BaseModel):
    """One version that was applied."""

    model_config = ConfigDict(json_schema_extra={"examples": [_VERSION]})

    version: int
    author: str
    note: str
    applied_at: datetime
    digest: str


class VersionsJson(BaseModel):
    """Newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [_VERSION]}]})

    items: list[VersionJson]


class RefusedJson(BaseModel):
    """`at` is null when the newest edit of the file was taken."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"at": "2026-11-23T09:05:00Z", "problems": [_PROBLEM]}]}
    )

    at: datetime | None
    problems: list[FileProblemJson]
