"""From YAML text to values with lines, strictly: no anchors, aliases, tags, merge keys or doubled keys, not too deep.

It listens to the parser's events instead of composing its nodes: nothing here recurses, and nothing that is refused
is ever built.
"""

from dataclasses import dataclass
from typing import NoReturn

import yaml

from storage.hierarchy_file.nearest import clip
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.source_text import find_unwanted
from storage.hierarchy_file.values import Broken, Items, Map, Text, Value
from storage.hierarchy_file.yaml_complaints import report_complaint

MAX_DEPTH = 40
"""Mappings and lists inside each other; twelve levels of nodes with their groups take 28."""
MAX_VALUES = 750_000
MAX_TEXT = 2_000
_QUOTES = ("'", '"')


@dataclass(frozen=True, slots=True)
class Document:
    """`is_whole` is False where reading stopped; `root` then holds what was read before, None for nothing.
    `is_opened` by a line `---`, `is_closed` by a line `...`. `last_text_ends` is where the text ends that is the last
    thing of the file, if it is one without quotes."""

    root: Value | None
    is_whole: bool
    is_opened: bool
    is_closed: bool
    last_text_ends: int | None


class _RefusedError(Exception):
    """The rest of the text is not worth reading; the reason is in the report."""


def read_document(text: str, report: Report) -> Document:
    builder = _Builder(report)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.YAMLError as error:
        report_complaint(error, text, report)
        return builder.document(is_whole=False)
    except _RefusedError:
        return builder.document(is_whole=False)
    return builder.document(is_whole=True)


class _Builder:
    """Holds the containers that are open, and for each the key that waits for its value."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._open: list[Map | Items] = []
        self._keys: list[Text | None] = []
        self._count = 0
        self._root: Value | None = None
        self._is_opened = False
        self._is_closed = False
        self._last_text: yaml.ScalarEvent | None = None

    def document(self, *, is_whole: bool) -> Document:
        last = self._last_text
        ends = _end(last) if last is not None and last.style not in _QUOTES else None
        return Document(self._root, is_whole, self._is_opened, self._is_closed, ends)

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._take_text(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open_up(event, Map(_line(event), {}, {}))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open_up(event, Items(_line(event), []))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        else:
            self._take_rare(event)

    def _take_text(self, event: yaml.ScalarEvent) -> None:
        self._last_text = event
        value = Text(event.value, _line(event))
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event, value)
        if event.style == '"':
            self._refuse_escaped(value)
        if len(value.value) > MAX_TEXT:
            self._report.problem(
                value,
                f"A text of {len(value.value)} characters is too long: at most {MAX_TEXT}.",
                f"这段文字有 {len(value.value)} 个字符，太长了，最多 {MAX_TEXT} 个。",
            )
            value.value = value.value[:MAX_TEXT]
        self._place(value)

    def _refuse_escaped(self, value: Text) -> None:
        """What the text of the file may not hold may not be spelt out either: no database keeps it, nobody sees it."""
        unwanted = find_unwanted(value.value)
        if unwanted is not None:
            code = f"U+{ord(unwanted):04X}"
            self._report.problem(
                value,
                f"A backslash makes the invisible character {code} here. Delete it.",
                f"这里的反斜杠写出了看不见的字符 {code}，请删去。",
            )
            value.value = value.value.replace(unwanted, "")

    def _open_up(self, event: yaml.CollectionStartEvent, container: Map | Items) -> None:
        self._refuse_marks(event, container)
        self._place(container)
        self._open.append(container)
        self._keys.append(None)
        if len(self._open) > MAX_DEPTH:
            self._stop(
                container.line,
                f"More than {MAX_DEPTH} lists and mappings inside each other are too deep.",
                f"层层嵌套超过 {MAX_DEPTH} 层，太深了。",
            )

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        self._open.pop()
        self._keys.pop()
        if self._last_text is not None and _is_bracket(event):
            self._last_text = None

    def _take_rare(self, event: yaml.Event) -> None:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            value = Broken(line)
            self._report.problem(
                value,
                f"Aliases (*{clip(event.anchor or '')}) are not for this file. Write the value out, or use `repeat`.",
                f"不能使用别名（*{clip(event.anchor or '')}）。请把内容写全，或使用 repeat。",
            )
            self._place(value)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._start(event, line)
        elif isinstance(event, yaml.DocumentEndEvent):
            self._is_closed = bool(event.explicit)

    def _start(self, event: yaml.DocumentStartEvent, line: int) -> None:
        self._is_opened = bool(event.explicit)
        if event.version or event.tags:
            self._report.file_problem(
                line, "Lines that begin with % are not for this file. Delete them.", "请删去以 % 开头的行。"
            )
        if self._root is not None:
            self._stop(
                line,
                "A second document begins here. One file holds one tree: delete the line `---`.",
                "这里又开始了一份文档。一个文件只能写一棵树，请删去“---”这一行。",
            )

    def _refuse_marks(self, event: yaml.NodeEvent, value: Value) -> None:
        if event.anchor is not None:
            self._report.problem(
                value,
                f"Anchors (&{clip(event.anchor)}) are not for this file. Delete it, and use `repeat` for many alike.",
                f"不能使用锚点（&{clip(event.anchor)}）。请删去；相同的条目请用 repeat。",
            )
        tag = event.tag if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) else None
        if tag is not None:
            self._report.problem(
                value,
                f"Tags ({clip(tag)}) are not for this file: everything is text. Delete it.",
                f"不能使用标签（{clip(tag)}），所有内容都按文字读取。请删去。",
            )

    def _place(self, value: Value) -> None:
        self._count += 1
        if self._count > MAX_VALUES:
            self._stop(
                value.line,
                f"More than {MAX_VALUES} values. Write many like entries as one with `repeat`.",
                f"内容超过 {MAX_VALUES} 项。许多相同的条目请用 repeat 合写成一条。",
            )
        if not self._open:
            self._root = value
            return
        holder = self._open[-1]
        if type(holder) is Items:
            holder.values.append(value)
        else:
            self._place_in_map(holder, value)

    def _place_in_map(self, holder: Map | Items, value: Value) -> None:
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = self._as_key(value)
            return
        self._keys[-1] = None
        assert isinstance(holder, Map)
        if key.value == "<<":
            self._report.problem(
                holder,
                "Merge keys (<<) are not for this file. Write the keys out.",
                "不能使用合并键（<<），请把各项写全。",
                line=key.line,
            )
        elif key.value in holder.values:
            self._report_double(holder, key)
        else:
            holder.values[key.value] = value
            holder.lines[key.value] = key.line

    def _as_key(self, value: Value) -> Text:
        if not isinstance(value, Text):
            self._stop(
                value.line,
                'A key must be a plain word. Texts with braces need quotes, such as "{n}号楼".',
                '键只能是一个词。含花括号的文字要加引号，例如 "{n}号楼"。',
            )
        return value

    def _report_double(self, holder: Map, key: Text) -> None:
        first = holder.lines[key.value]
        self._report.problem(
            holder,
            f'The key "{clip(key.value)}" stands twice here, in line {first} and in line {key.line}. Keep one.',
            f"“{clip(key.value)}”在这里写了两次（第 {first} 行和第 {key.line} 行），请只留一个。",
            key=key.value,
            line=key.line,
        )

    def _stop(self, line: int, message: str, message_zh: str) -> NoReturn:
        self._report.file_problem(line, message, message_zh)
        raise _RefusedError


def _line(event: yaml.Event) -> int:
    """From 1. The C parser marks every event; the types of the library do not say so."""
    return event.start_mark.line + 1 if event.start_mark else 1


def _end(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark else 0


def _is_bracket(event: yaml.CollectionEndEvent) -> bool:
    """A written } or ], not just the end of an indentation, which has no length."""
    return event.start_mark is not None and _end(event) > event.start_mark.index
