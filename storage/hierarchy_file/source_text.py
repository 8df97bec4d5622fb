"""From bytes to a text that may be looked at: size, encoding, characters that nobody sees. No YAML yet."""

import codecs
import re
import unicodedata

from storage.hierarchy_file.report import Report

MAX_BYTES = 8 * 1024 * 1024
"""Ten thousand buildings, each written out with two groups and one person, are 5 MiB."""

_NUL = "\x00"
_OTHER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
# Controls; line ends that only YAML sees; what hides or turns text around; what a wrong decoder leaves behind.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd-\uffff\ud800-\udfff]"
)


def read_text(source: bytes | str, report: Report) -> str | None:
    """None when it was refused; the reasons are in the report."""
    if _is_too_large(source):
        report.file_problem(
            1,
            f"The file is larger than {MAX_BYTES // 2**20} MiB. Write many like entries as one with `repeat`.",
            f"文件超过 {MAX_BYTES // 2**20} MiB。许多相同的条目请用 repeat 合写成一条。",
        )
        return None
    text = source if isinstance(source, str) else _decode(source, report)
    if text is None or not _is_readable(text, report):
        return None
    return text


def find_unwanted(text: str) -> str | None:
    """The first character that nobody sees or means, as \\0 or \\u202e in quotes makes them, too."""
    match = _UNWANTED.search(text)
    return match.group() if match else None


def _is_too_large(source: bytes | str) -> bool:
    if len(source) > MAX_BYTES:
        return True
    return isinstance(source, str) and len(source.encode("utf-8", "replace")) > MAX_BYTES


def _decode(source: bytes, report: Report) -> str | None:
    mark = next((name for bom, name in _OTHER_MARKS if source.startswith(bom)), None)
    if mark is not None:
        report.file_problem(
            1, f"The file is written in {mark}. Save it as UTF-8.", f"文件编码是 {mark}，请另存为 UTF-8。"
        )
        return None
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        _report_undecodable(source, error, report)
        return None


def _report_undecodable(source: bytes, error: UnicodeDecodeError, report: Report) -> None:
    line = source.count(b"\n", 0, error.start) + 1
    if error.reason == "unexpected end of data":
        report.file_problem(
            line,
            "The file ends in the middle of a character: it is only half there. Save or send it again.",
            "文件在一个字的中间断了，只有半份。请重新保存或上传。",
        )
        return
    report.file_problem(
        line,
        "This line is not UTF-8; the file was probably saved as GBK or ANSI. Save it as UTF-8.",
        "这一行不是 UTF-8 编码，可能存成了 GBK 或 ANSI。请另存为 UTF-8。",
    )


def _is_readable(text: str, report: Report) -> bool:
    """One problem a line, and none after a NUL: such a file has them everywhere."""
    line, start = 1, 0
    is_clean = True
    while (match := _UNWANTED.search(text, start)) and not report.is_full:
        is_clean = False
        line += text.count("\n", start, match.start())
        _report_unwanted(line, match.group(), report)
        start = text.find("\n", match.end())
        if start < 0 or match.group() == _NUL:
            break
    return is_clean


def _report_unwanted(line: int, character: str, report: Report) -> None:
    code = f"U+{ord(character):04X}"
    if character == "\ufeff" and line == 1:
        report.file_problem(
            1,
            "The file begins with a byte order mark. Save it as UTF-8 without BOM.",
            "文件开头带有 BOM 标记，请另存为“UTF-8（无 BOM）”。",
        )
        return
    if character == _NUL:
        report.file_problem(
            line,
            f"There is a NUL character ({code}): the file is damaged or was saved as UTF-16. Save it as UTF-8.",
            f"这一行有空字符（{code}），文件已损坏或存成了 UTF-16。请另存为 UTF-8。",
        )
        return
    name = unicodedata.name(character, "control character")
    report.file_problem(
        line,
        f"There is an invisible or damaged character, {code} ({name}). Delete it and type the text anew.",
        f"这一行有看不见或损坏的字符 {code}，请删掉后重新输入。",
    )
