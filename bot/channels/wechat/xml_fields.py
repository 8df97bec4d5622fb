"""Reads the vendor's XML into plain fields, within bounds. What the fields mean is not known here.

wechatpy's own reading goes through xmltodict, which has no bound on depth or number of elements, takes duplicate tags
as lists and nested ones as dictionaries, and costs twice the time; so one pass of expat does it here.
"""

import re
from xml.parsers import expat

from bot.channels.wechat.refusals import Reason, RefusedError

MAX_DEPTH = 8
MAX_ELEMENTS = 200
# Fields that we read: one with tags inside is a forgery or a fault, never a message.
_PLAIN = frozenset(
    {
        *("ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "MsgID", "Content", "Encrypt"),
        *("Event", "EventKey", "MenuId", "Ticket", "Status", "bizmsgmenuid"),
        *("MediaId", "Recognition", "Label", "Location_X", "Location_Y"),
    }
)


class _Reader:
    """Keeps the texts of the elements directly under the root; what lies deeper is joined with spaces."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self._depth = 0
        self._elements = 0
        self._field = ""
        self._texts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS or attributes:
            raise RefusedError(Reason.XML)
        if self._depth == 2:
            self._open_field(name)
        elif self._depth > 2:
            self._go_deeper()
        elif name != "xml":
            raise RefusedError(Reason.XML)

    def _open_field(self, name: str) -> None:
        if name in self.fields:
            raise RefusedError(Reason.XML)
        self.fields[name] = ""
        self._field = name
        self._texts.clear()

    def _go_deeper(self) -> None:
        if self._field in _PLAIN:
            raise RefusedError(Reason.XML)
        self._texts.append(" ")

    def end(self, _name: str) -> None:
        if self._depth == 2:
            self.fields[self._field] = "".join(self._texts)
        self._depth -= 1

    def text(self, data: str) -> None:
        if self._depth > 1:
            self._texts.append(data)


# XML knows no way to write these; a clipboard does. The message is worth more than the rule.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def _refuse_doctype(*_declaration: object) -> None:
    raise RefusedError(Reason.XML)


def without_controls(xml: bytes) -> bytes:
    """What was sealed, less the characters that would make it no XML: a report is not lost for one of them."""
    return _CONTROLS.sub(b"", xml)


def parse_fields(xml: bytes) -> dict[str, str]:
    """The fields under the single root `xml`. Raises RefusedError on everything else, whatever it is.

    UTF-8 only, whatever the text says of itself; no DTD, hence no entities; no attributes; no field twice.
    """
    reader = _Reader()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        # Decoded first: at a mark of byte order expat would read UTF-16 in spite of the encoding above.
        parser.Parse(xml.decode(), True)
    except (expat.ExpatError, UnicodeDecodeError):
        raise RefusedError(Reason.XML) from None
    return reader.fields
