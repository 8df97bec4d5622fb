"""Turns the complaints of the YAML parser into what an admin can do about them."""

import yaml

from storage.hierarchy_file.report import Report

# (part of libyaml's words, English, Chinese); the first that fits.
_MEANINGS = (
    (
        "escape code",
        "A backslash spells out a character that does not exist. Type the text itself.",
        "反斜杠写出的字符不存在，请直接写文字。",
    ),
    (
        "unknown escape",
        "A backslash inside \"…\" has a meaning of its own: use '…' instead.",
        "双引号里的反斜杠有特殊含义，请改用单引号。",
    ),
    (
        "quoted scalar",
        "A quotation mark is opened and never closed, or the file is cut off here.",
        "引号没有成对，或者文件在这里断了。",
    ),
    (
        "expected <document start>",
        "Something follows the closing line `...`. Move that line to the end of the file.",
        "结束行“...”后面还有内容，请把“...”移到文件最后一行。",
    ),
    (
        "mapping values are not allowed",
        "A colon stands where none may be: the line above may be indented otherwise, or the text needs quotes.",
        "这里不该出现冒号：可能是缩进与上一行不一致，或者这段文字需要加引号。",
    ),
    (
        "could not find expected ':'",
        "A key has no colon with a space after it.",
        "键的后面缺少英文冒号和空格，例如“name: 一号楼”。",
    ),
    (
        "',' or '}'",
        'Inside {…} an entry is not closed or a comma is missing; texts with {n} need quotes, such as "{n}号楼".',
        '花括号 {…} 没有写完或缺少逗号；含 {n} 的文字要加引号，例如 "{n}号楼"。',
    ),
    (
        "',' or ']'",
        "Inside […] an entry is not closed or a comma is missing.",
        "方括号 […] 没有写完或缺少逗号。",
    ),
    (
        "node content",
        "A bracket or a comma stands where a text belongs: a list is [one, two], closed in its line, "
        "or one entry a line.",
        "这里该写内容，却是括号、逗号或“-”：列表写成 [甲, 乙] 并在本行写完，或每行一项。",
    ),
    (
        "'-' indicator",
        "An entry of a list is indented otherwise than its neighbours, or lacks its dash.",
        "列表中这一项的缩进与其他项不一致，或缺少“- ”。",
    ),
    (
        "block sequence entries are not allowed",
        "A dash stands where no list may begin: put it on a line of its own below the key.",
        "这里不能开始列表：请把“- ”写在键的下一行。",
    ),
    (
        "expected key",
        "This line is indented otherwise than its neighbours, or a text needs quotes.",
        '这一行的缩进与其他行不一致，或者文字需要加引号；含 {n} 的文字要加引号，例如 "{n}号楼"。',
    ),
    (
        "cannot start any token",
        "A text cannot begin with this character: put the text in quotes.",
        "文字不能以这个字符开头，请给文字加引号。",
    ),
    (
        "scanning an a",  # … anchor, … alias
        "A text cannot begin with & or *: put the text in quotes.",
        "文字不能以 & 或 * 开头，请给文字加引号。",
    ),
    ("directive", "Lines that begin with % are not for this file. Delete it.", "请删去以 % 开头的行。"),
    (
        "tag",
        "Tags (!…) are not for this file: put the text in quotes.",
        "不能使用标签（!…），请给文字加引号。",
    ),
)
_FULL_WIDTH = {
    "：": ":",
    "，": ",",
    "“": '"',
    "”": '"',
    "｛": "{",
    "｝": "}",
    "【": "[",
    "】": "]",
    "　": " ",
}


def report_complaint(error: yaml.YAMLError, text: str, report: Report) -> None:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    complaint = " ".join(filter(None, (getattr(error, "context", None), getattr(error, "problem", None))))
    lines = text.split("\n")
    line = min(mark.line + 1 if mark else 1, max(len(lines) - (not lines[-1]), 1))
    english, chinese = _meaning(complaint)
    hint, hint_zh = _hint(lines[max(line - 2, 0) : line])
    begun = getattr(error, "context_mark", None)
    if begun is not None and begun.line + 1 < line:
        hint += f" It begins in line {begun.line + 1}."
        hint_zh += f"（从第 {begun.line + 1} 行开始）"
    report.file_problem(line, f"This is no YAML. {english}{hint}", f"YAML 格式有误。{chinese}{hint_zh}")


def _meaning(complaint: str) -> tuple[str, str]:
    for part, english, chinese in _MEANINGS:
        if part in complaint:
            return english, chinese
    return f"The parser says: {complaint or 'unreadable'}.", "请检查这一行的缩进、冒号和引号。"


def _hint(lines: list[str]) -> tuple[str, str]:
    """About what is often typed wrong and hard to see, in the line itself or the one before."""
    nearby = "".join(lines)
    if any(line[: len(line) - len(line.lstrip())].count("\t") for line in lines):
        return " There is a tab: indent with spaces.", "这里有制表符（Tab），请改用空格缩进。"
    wide = next((each for each in _FULL_WIDTH if each in nearby), None)
    if wide is not None:
        right = _FULL_WIDTH[wide]
        return (
            f' There is a full-width "{wide}": YAML wants "{right}".',
            f"这里有全角符号“{wide}”，YAML 只认半角“{right}”。",
        )
    return "", ""
