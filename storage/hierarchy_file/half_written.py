"""Tells a whole file from one that was cut off: a cut file must never be read as "the rest was deleted"."""

from storage.hierarchy_file.report import Report
from storage.hierarchy_file.yaml_text import Document


def refuse_half_written(text: str, document: Document, report: Report, *, before: str | None) -> None:
    """Three signs: an opening line `---` without its closing line `...`; a last line without its end; and, where
    there is no closing line, a text that is only the beginning of `before`, the one in force."""
    last = text.count("\n") + (not text.endswith("\n"))
    if document.is_opened and not document.is_closed:
        report.file_problem(
            last,
            "The file opens with `---` but has no closing line `...`: it is only half there. Save or send it again.",
            "文件以“---”开头，却没有结束行“...”，可能只有半份。请重新保存或上传完整的文件。",
        )
    elif _ends_in_a_text(text, document):
        report.file_problem(
            last,
            "The last line has no end: it may be cut off. If it is whole, put a line break after it.",
            "最后一行没有换行，可能被截断了。如果内容完整，请在末尾加一个换行。",
        )
    elif before is not None and not document.is_closed and _is_beginning(text, before):
        report.file_problem(
            last,
            "This is only the beginning of the file in force: it is probably half there. "
            "If what is missing was really deleted, put a closing line `...` at the end.",
            "内容只是现行文件的前半部分，可能没有传完。如果确实删掉了后面的内容，请在文件最后加一行“...”。",
        )


def _ends_in_a_text(text: str, document: Document) -> bool:
    ends = document.last_text_ends
    return not text.endswith(("\n", "\r")) and ends is not None and ends >= len(text.rstrip())


def _is_beginning(text: str, before: str) -> bool:
    if not before.startswith(text):
        return False
    rest = (line.strip() for line in before[len(text) :].splitlines())
    return any(line and not line.startswith("#") for line in rest)
