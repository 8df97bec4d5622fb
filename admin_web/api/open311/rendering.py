"""The two forms of an Open311 answer: a list of flat records, as JSON or as XML."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import Response
from fastapi.responses import JSONResponse

Record = Mapping[str, object]

# What XML 1.0 has no way to write.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Form(StrEnum):
    JSON = "json"
    XML = "xml"


def render(records: Sequence[Record], form: Form, *, names: tuple[str, str], status: int = 200) -> Response:
    """`names` are the XML names of the list and of one record. Nothing is kept by others: it is as old as it is."""
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if form is Form.JSON:
        return JSONResponse([dict(each) for each in records], status, headers)
    root = Element(names[0])
    for record in records:
        _fill(SubElement(root, names[1]), record)
    content = tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(content, status, headers, media_type="text/xml; charset=utf-8")


def render_one(record: Record, form: Form, *, name: str) -> Response:
    """A single record, not in a list."""
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if form is Form.JSON:
        return JSONResponse(dict(record), 200, headers)
    root = Element(name)
    _fill(root, record)
    content = tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(content, 200, headers, media_type="text/xml; charset=utf-8")


def _fill(element: Element, record: Record) -> None:
    for name, value in record.items():
        SubElement(element, name).text = _to_text(value)


def _to_text(value: object) -> str:
    if value is None or isinstance(value, list):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NO_XML.sub("", str(value))
