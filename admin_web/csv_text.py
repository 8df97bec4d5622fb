"""Tables as CSV that spreadsheet programs open as text: no cell of ours is ever a formula, whoever wrote it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from fastapi.responses import Response

from admin_web.rendering import PAGE_HEADERS

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel and WPS take the file for the system's old encoding."""

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b-\u200f\u2028\u2029\ud800-\udfff]")
# Also after a blank, and in full width: some programs fold those before they look (OWASP, CSV injection).
_BEGINS_FORMULA = re.compile(r"[\s\u3000]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20|%]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def plain_cell(value: object) -> str:
    """The text, with an apostrophe before what a program could take for a formula. Numbers stay numbers."""
    text = _UNSEEN.sub("", str(value))
    if _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if _BEGINS_FORMULA.match(text) else text


def render_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (header, *rows):
        writer.writerow([plain_cell(each) for each in row])
    return BYTE_ORDER_MARK + out.getvalue()


def send_csv(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """As a file to be kept; `name` is plain letters, ours."""
    headers = {**PAGE_HEADERS, "Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(render_csv(header, rows).encode(), media_type="text/csv; charset=utf-8", headers=headers)
