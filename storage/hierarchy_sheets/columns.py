"""The three sheets and their columns, by the key of the file; titles as people read them, in Chinese and English."""

from collections.abc import Mapping
from dataclasses import dataclass

PLACES, GROUPS, STAFF = "节点 Places", "群 Groups", "人员 Staff"

CHANNELS = ("telegram", "wechat", "wecom")
SERIES = "series"
"""Only for reading: which places are written as one entry with others."""

LISTS = frozenset({"aliases", "groups"})
TITLES: Mapping[str, str] = {
    "id": "编号 id",
    "name": "名称 name",
    "level": "层级 level",
    "parent": "上级 parent",
    "aliases": "别名 aliases",
    "kind": "分类 kind",
    "node": "所在节点 node",
    "telegram": "telegram",
    "wechat": "wechat",
    "wecom": "wecom",
    "scene": "场景值 scene",
    "listen": "旁听 listen",
    "role": "职务 role",
    "groups": "所在群 groups",
    SERIES: "成批 series",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """`columns` by key, in order; the first is the id, by which rows are known again."""

    title: str
    columns: tuple[str, ...]
    required: tuple[str, ...]


SHEETS = (
    Sheet(PLACES, ("id", "name", "level", "parent", "aliases", SERIES), ("id", "name", "level")),
    Sheet(
        GROUPS,
        ("id", "name", "kind", "node", *CHANNELS, "scene", "listen"),
        ("id", "name", "kind", "node"),
    ),
    Sheet(STAFF, ("id", "name", "role", "node", "groups", *CHANNELS), ("id", "name", "node", "groups")),
)
