"""The groups and the staff of an entry, as written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from routing.hierarchy import Listen
from storage.hierarchy_file.fields import Fields, as_map
from storage.hierarchy_file.labels import Label, is_nameless, read_id_label, read_label
from storage.hierarchy_file.nearest import clip, suggest
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.values import Map, Text, Value

CHANNELS = ("telegram", "wecom", "wechat")
_LONGEST_TEXT = 1_000
_VENDOR_ID = re.compile(r"\S{1,128}")
_TELEGRAM_ID = re.compile(r"-?[0-9]{1,20}")
# WeChat's scene_str: 1 to 64 characters.
_SCENE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KIND = re.compile(r"[^\s:：]{1,20}(:[^\s:：]{1,20})?")


@dataclass(frozen=True, slots=True, eq=False)
class GroupEntry:
    at: Map
    group_id: Label
    kind: Text | None
    name: Label
    chats: tuple[tuple[str, Label], ...]
    scene: Label | None
    listen: Listen


@dataclass(frozen=True, slots=True, eq=False)
class StaffEntry:
    at: Map
    staff_id: Label
    name: Label
    role: Label | None
    groups: tuple[Label, ...]
    accounts: tuple[tuple[str, Label], ...]


def read_groups(fields: Fields, longest: Sequence[int], report: Report) -> tuple[GroupEntry, ...]:
    entries = (as_map(each, report) for each in fields.find_items("groups"))
    return tuple(_read_group(at, longest, report) for at in entries if at is not None)


def read_staff(fields: Fields, longest: Sequence[int], report: Report) -> tuple[StaffEntry, ...]:
    entries = (as_map(each, report) for each in fields.find_items("staff"))
    return tuple(_read_one(at, longest, report) for at in entries if at is not None)


def read_name(fields: Fields, longest: Sequence[int], report: Report) -> Label:
    text = fields.get_text("name")
    return read_label(text or Text("", fields.at.line), longest, report)


def _read_group(at: Map, longest: Sequence[int], report: Report) -> GroupEntry:
    own = Fields(at, ("id", "kind", "name", "scene", "listen", *CHANNELS), report)
    return GroupEntry(
        at=at,
        group_id=read_id_label(own.get_text("id", longest=_LONGEST_TEXT), at, longest, report),
        kind=_read_kind(own, report),
        name=read_name(own, longest, report),
        chats=tuple(_read_vendor_ids(own, longest, report)),
        scene=_read_scene(own, longest, report),
        listen=_read_listen(own, report),
    )


def _read_one(at: Map, longest: Sequence[int], report: Report) -> StaffEntry:
    own = Fields(at, ("id", "name", "role", "groups", *CHANNELS), report)
    role = own.find_text("role")
    groups = own.find_texts("groups", longest=_LONGEST_TEXT)
    staff_id = own.get_text("id", longest=_LONGEST_TEXT)
    entry = StaffEntry(
        at=at,
        staff_id=read_id_label(staff_id, at, longest, report),
        name=read_name(own, longest, report),
        role=read_label(role, longest, report) if role else None,
        groups=tuple(read_label(each, longest, report) for each in groups),
        accounts=tuple(_read_vendor_ids(own, longest, report)),
    )
    if not groups and _is_absent(at.values.get("groups")):
        _report_groupless(entry, report)
    return entry


def _report_groupless(entry: StaffEntry, report: Report) -> None:
    who = clip(entry.name.at.value or entry.staff_id.at.value)
    report.problem(
        entry.at,
        f'"{who}" is in no group and would never hear of anything. Add groups: [the id of a group].',
        f"“{who}”不在任何群里，收不到任何消息。请加上 groups: [群的编号]。",
        key="groups",
    )


def _is_absent(value: Value | None) -> bool:
    """Absent or an empty list; what is of the wrong shape was reported as that."""
    return value is None or (not isinstance(value, Map | Text) and not getattr(value, "values", True))


def _read_kind(own: Fields, report: Report) -> Text | None:
    kind = own.get_text("kind")
    if kind is not None and not _KIND.fullmatch(kind.value):
        report.problem(
            kind,
            f'"{clip(kind.value)}" is no kind: write one word of at most 20 characters, or topic:word.',
            f"“{clip(kind.value)}”不能作为分类：请写一个词（不超过 20 个字），或 topic:名称（半角冒号）。",
        )
    return kind


def _read_vendor_ids(own: Fields, longest: Sequence[int], report: Report) -> Iterator[tuple[str, Label]]:
    for channel in CHANNELS:
        text = own.find_text(channel, longest=_LONGEST_TEXT)
        if text is None:
            continue
        label = read_label(text, longest, report)
        _check_vendor_id(channel, label, longest, report)
        yield channel, label


def _check_vendor_id(channel: str, label: Label, longest: Sequence[int], report: Report) -> None:
    vendor_id = label.fill(longest)
    if is_nameless(vendor_id):
        return
    if channel == "telegram" and not _TELEGRAM_ID.fullmatch(vendor_id):
        report.problem(
            label.at,
            f'"{clip(vendor_id)}" is no Telegram id: it is a whole number; groups begin with a minus.',
            f"“{clip(vendor_id)}”不是 Telegram 编号，应为整数，群的编号以负号开头。",
        )
    elif not _VENDOR_ID.fullmatch(vendor_id):
        report.problem(
            label.at,
            f'"{clip(vendor_id)}" is no {channel} id: no blanks, at most 128 characters.',
            f"“{clip(vendor_id)}”不是 {channel} 编号：不能有空格，最多 128 个字符。",
        )


def _read_scene(own: Fields, longest: Sequence[int], report: Report) -> Label | None:
    text = own.find_text("scene", longest=_LONGEST_TEXT)
    if text is None:
        return None
    label = read_label(text, longest, report)
    scene = label.fill(longest)
    if not _SCENE.fullmatch(scene) and not is_nameless(scene):
        report.problem(
            text,
            f'"{clip(scene)}" cannot be a scene: use A-Z, a-z, 0-9, - and _, at most 64 characters.',
            f"“{clip(scene)}”不能作为二维码场景值：只能用英文字母、数字、- 和 _，最多 64 个字符。",
        )
    return label


def _read_listen(own: Fields, report: Report) -> Listen:
    text = own.find_text("listen")
    if text is None:
        return Listen.MENTION
    try:
        return Listen(text.value)
    except ValueError:
        near, near_zh = suggest(text.value, [each.value for each in Listen])
        report.problem(
            text,
            f'"{clip(text.value)}" is no way to listen. {near}',
            f"listen 不能写“{clip(text.value)}”。{near_zh}",
        )
        return Listen.MENTION
