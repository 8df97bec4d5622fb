"""The text of the file with where everything stands in it, and the few ways to cut and sew: pairs, items, scalars.

Positions are those of the YAML parser; nothing is written anew that was not touched. What the entries mean is in
`origins` and `acts`.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from storage.hierarchy_edit.lines import (
    above_comments,
    column_of,
    dedent,
    insert_lines,
    line_end,
    line_start,
    splice,
)

_PLAIN = re.compile(r"[^\W_][\w\-.·（）、，。！？：/]*(?: [\w（）·、，。！？：/][\w\-.·（）、，。！？：/]*)*")
_ORDER = ("id", "kind", "level", "name", "role", "aliases", "repeat", "groups", "staff", "children")


class UnreadableError(Exception):
    """The text is no YAML, or no mapping at the top."""


@dataclass(frozen=True, slots=True)
class Source:
    """`root` is the mapping of the whole file."""

    text: str
    root: yaml.MappingNode


@dataclass(frozen=True, slots=True)
class Item:
    """What is to be put into a list: as one flow text, and as the lines of a block, without the dash."""

    flow: str
    block: tuple[str, ...]


def read_source(text: str) -> Source:
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise UnreadableError from error
    if not isinstance(root, yaml.MappingNode):
        raise UnreadableError
    return Source(text, root)


def find_value(mapping: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in mapping.value if name.value == key), None)


def text_of(mapping: yaml.MappingNode, key: str) -> str:
    """Empty for what is absent or no scalar."""
    value = find_value(mapping, key)
    return str(value.value) if isinstance(value, yaml.ScalarNode) else ""


def items_of(mapping: yaml.MappingNode, key: str) -> list[yaml.MappingNode]:
    value = find_value(mapping, key)
    if not isinstance(value, yaml.SequenceNode):
        return []
    return [each for each in value.value if isinstance(each, yaml.MappingNode)]


def make_scalar(value: str) -> str:
    """As plain as YAML allows, quoted where it must be. Works in flow and in block."""
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def make_flow(pairs: Sequence[tuple[str, str]]) -> str:
    """Values are YAML already."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"


def make_item(pairs: Sequence[tuple[str, str]], *, in_lines: bool = False) -> Item:
    """`in_lines` where more will be added to it later, as to a node."""
    flow = make_flow(pairs)
    return Item(flow, tuple(f"{key}: {value}" for key, value in pairs) if in_lines else (flow,))


def set_value(
    source: Source, mapping: yaml.MappingNode, key: str, value: str, *, is_yaml: bool = False
) -> str:
    """The text with this value under this key; as people write it, unless it is YAML already."""
    written = value if is_yaml else make_scalar(value)
    known = find_value(mapping, key)
    if isinstance(known, yaml.CollectionNode) and not known.flow_style:
        source, mapping = relocate(remove_pair(source, mapping, key), mapping)
        known = None
    if known is not None:
        return splice(source.text, start_of(known), end_of(known), written)
    return _add_pair(source, mapping, key, flow=written, block=[f"{key}: {written}"])


def remove_pair(source: Source, mapping: yaml.MappingNode, key: str) -> str:
    at = next((at for at, (name, _) in enumerate(mapping.value) if name.value == key), None)
    if at is None:
        return source.text
    name, value = mapping.value[at]
    if not mapping.flow_style:
        return _cut_lines(source.text, start_of(name), end_of(value))
    spans = [(start_of(each), end_of(its)) for each, its in mapping.value]
    return _cut_flow(source.text, spans, at)


def append_item(source: Source, mapping: yaml.MappingNode, key: str, item: Item) -> str:
    """The text with one more item at the end of the list under this key, which is made where it is not there."""
    known = find_value(mapping, key)
    if not isinstance(known, yaml.SequenceNode) or (not known.value and not mapping.flow_style):
        text = remove_pair(source, mapping, key) if known is not None else source.text
        if known is not None:
            source, mapping = relocate(text, mapping)
        block = [f"{key}:", *_dashed(item.block, "  ")]
        return _add_pair(source, mapping, key, flow=f"[{item.flow}]", block=block)
    if known.flow_style:
        comma = ", " if known.value else ""
        at = end_of(known.value[-1]) if known.value else end_of(known) - 1
        return splice(source.text, at, at, f"{comma}{item.flow}")
    last = known.value[-1]
    indent = " " * column_of(source.text, dash_of(source.text, last))
    return insert_lines(source.text, end_of(last), _dashed(item.block, indent))


def remove_item(source: Source, mapping: yaml.MappingNode, key: str, at: int) -> str:
    """Without the item and the comment lines right above it; without the key when nothing is left."""
    known = find_value(mapping, key)
    assert isinstance(known, yaml.SequenceNode)
    if len(known.value) == 1:
        return remove_pair(source, mapping, key)
    if known.flow_style:
        return _cut_flow(source.text, [(start_of(each), end_of(each)) for each in known.value], at)
    start = dash_of(source.text, known.value[at])
    return _cut_lines(source.text, above_comments(source.text, start), end_of(known.value[at]))


def item_from(source: Source, node: yaml.MappingNode, *, in_flow: bool) -> Item:
    """An entry as it stands, with its comments, ready to be put elsewhere."""
    if in_flow or node.flow_style:
        written = source.text[start_of(node) : end_of(node)]
        return Item(written, (written,))
    text = source.text
    column = column_of(text, start_of(node))
    end = line_end(text, end_of(node))
    lines = text[start_of(node) : end].split("\n")
    return Item(flow_of(node), (lines[0], *(dedent(each, column) for each in lines[1:])))


def flow_of(node: yaml.Node) -> str:
    """Written anew in one line; only where a block cannot stand."""
    if isinstance(node, yaml.MappingNode):
        return make_flow([(key.value, flow_of(value)) for key, value in node.value])
    if isinstance(node, yaml.SequenceNode):
        return "[" + ", ".join(flow_of(each) for each in node.value) + "]"
    return make_scalar(str(node.value))


def end_of(node: yaml.Node) -> int:
    """Where its last character ends: the parser's own mark of a block is behind the comments that follow it."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return _end(node)
    last = node.value[-1]
    return end_of(last[1] if isinstance(node, yaml.MappingNode) else last)


def comments_above(source: Source, node: yaml.Node) -> tuple[str, ...]:
    """The comment lines right above an item of a block list, without their indentation."""
    dash = dash_of(source.text, node)
    start = above_comments(source.text, dash)
    above = source.text[start : line_start(source.text, dash)]
    return tuple(each.strip() for each in above.splitlines())


def with_comments(item: Item, comments: tuple[str, ...]) -> Item:
    """Comments come back above the dash, see `_dashed`."""
    return Item(item.flow, (*comments, *item.block)) if comments else item


def line_of(node: yaml.Node) -> int:
    """From 1."""
    return node.start_mark.line + 1 if node.start_mark else 1


def _add_pair(source: Source, mapping: yaml.MappingNode, key: str, *, flow: str, block: list[str]) -> str:
    """At its place in the order of the file's entries, else at the end."""
    before = _pair_before(mapping, key)
    if mapping.flow_style:
        at = end_of(before) if before is not None else start_of(mapping) + 1
        comma = ", " if before is not None else ""
        return splice(source.text, at, at, f"{comma}{key}: {flow}")
    assert before is not None, "a block mapping is never empty"
    indent = " " * column_of(source.text, start_of(mapping.value[0][0]))
    return insert_lines(source.text, end_of(before), [f"{indent}{each}" for each in block])


def _pair_before(mapping: yaml.MappingNode, key: str) -> yaml.Node | None:
    if not mapping.value:
        return None
    if key in _ORDER:
        earlier = _ORDER[: _ORDER.index(key)]
        found = [value for name, value in mapping.value if name.value in earlier]
        if found:
            latest: yaml.Node = max(found, key=end_of)
            return latest
    last: yaml.Node = mapping.value[-1][1]
    return last


def relocate(text: str, mapping: yaml.MappingNode) -> tuple[Source, yaml.MappingNode]:
    """The same mapping in a text that was cut behind its beginning."""
    source = read_source(text)
    for each in _mappings(source.root):
        if start_of(each) == start_of(mapping):
            return source, each
    raise UnreadableError


def _mappings(node: yaml.Node) -> list[yaml.MappingNode]:
    found: list[yaml.MappingNode] = []
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, yaml.MappingNode):
            found.append(each)
            waiting.extend(value for _, value in each.value)
        elif isinstance(each, yaml.SequenceNode):
            waiting.extend(each.value)
    return found


def _dashed(block: Sequence[str], indent: str) -> list[str]:
    """Lines of a list item; comment lines at its head stand above the dash."""
    comments = 0
    while comments < len(block) - 1 and block[comments].startswith("#"):
        comments += 1
    head = [f"{indent}{each}" for each in block[:comments]]
    first, *rest = block[comments:]
    return [*head, f"{indent}- {first}", *(f"{indent}  {each}" if each.strip() else each for each in rest)]


def _cut_lines(text: str, start: int, end: int) -> str:
    """Without the whole lines between two positions. What stands before the start in its line must go on: a first
    key behind a dash gives its place to the next."""
    first = line_start(text, start)
    after = min(line_end(text, end) + 1, len(text))
    if text[first:start].strip():
        following = re.compile(r"[ ]*").match(text, after)
        assert following is not None
        return splice(text, start, following.end(), "")
    return splice(text, first, after, "")


def _cut_flow(text: str, spans: list[tuple[int, int]], at: int) -> str:
    """Without one part of a flow collection and the comma that went with it."""
    start, end = spans[at]
    if at + 1 < len(spans):
        return splice(text, start, spans[at + 1][0], "")
    return splice(text, spans[at - 1][1] if at else start, end, "")


def dash_of(text: str, item: yaml.Node) -> int:
    return text.rindex("-", 0, start_of(item))


def start_of(node: yaml.Node) -> int:
    return node.start_mark.index if node.start_mark else 0


def _end(node: yaml.Node) -> int:
    return node.end_mark.index if node.end_mark else 0
