"""The bulletin as a sheet of paper: A4, large letters, to be read from a step away. What it says is in its text."""

import io
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from admin_web.pages.figures_bulletin_text import Bulletin

FONT = "STSong-Light"
"""One of the Chinese fonts that every PDF reader brings or replaces: none has to be kept here."""

# As in tokens.css by day; paper knows no night.
_JADE, _INK, _SOFT = HexColor("#17694f"), HexColor("#1f2622"), HexColor("#5a635d")
_SEAL, _LINE, _TINT = HexColor("#b23a2a"), HexColor("#e2ddd0"), HexColor("#f6f4ee")
_MARGIN = 22 * mm
_WIDTH = A4[0] - 2 * _MARGIN

_UNBROKEN = re.compile(
    r"[“‘（《]*(?:[\x21-\x7e]+(?: [\u4e00-\u9fff])?|.)[，。、；：？！”’）》…]*\s*", re.DOTALL
)
"""A word, a number with what it counts, or one Chinese character, with the signs that may not stand apart from it."""


def print_bulletin(bulletin: Bulletin) -> bytes:
    """The same bulletin gives the same bytes."""
    registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        title=f"{bulletin.title} {bulletin.month}",
        author=bulletin.title,
        invariant=1,
    )
    frame = Frame(_MARGIN, 24 * mm, _WIDTH, A4[1] - 40 * mm, leftPadding=0, rightPadding=0, topPadding=0)
    document.addPageTemplates(
        PageTemplate(frames=[frame], onPage=lambda canvas, _: _draw_foot(canvas, bulletin))
    )
    document.build(list(_flow(bulletin)))
    return out.getvalue()


def _flow(bulletin: Bulletin) -> list[Flowable]:
    flow: list[Flowable] = [_head(bulletin), Spacer(1, 7 * mm)]
    if bulletin.numbers:
        flow += [_numbers(bulletin), Spacer(1, 5 * mm)]
    for title, sentences in bulletin.sections:
        first, *rest = [_text(each, size=14.5, leading=25) for each in sentences]
        heading = _paragraph(title, size=17, leading=24, colour=_JADE, before=12, after=3)
        flow += [KeepTogether([heading, first]), *rest]
    return flow


def _head(bulletin: Bulletin) -> Table:
    words = [
        _paragraph(bulletin.title, size=25, leading=33),
        _paragraph(bulletin.month, size=15, leading=22, colour=_SOFT, before=2),
    ]
    head = Table([[_Seal(), words]], colWidths=[21 * mm, _WIDTH - 21 * mm])
    head.setStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
    return head


def _numbers(bulletin: Bulletin) -> Table:
    cells = [
        [
            _paragraph(word, size=13, leading=18, colour=_SOFT, is_centred=True),
            _paragraph(number, size=29 if len(number) < 6 else 17, leading=38, colour=_JADE, is_centred=True),
            _paragraph(unit or " ", size=12, leading=16, colour=_SOFT, is_centred=True),
        ]
        for word, number, unit in bulletin.numbers
    ]
    table = Table([cells], colWidths=[_WIDTH / len(cells)] * len(cells))
    table.setStyle(
        [
            ("BACKGROUND", (0, 0), (-1, -1), _TINT),
            ("ROUNDEDCORNERS", [8, 8, 8, 8]),
            ("LINEAFTER", (0, 0), (-2, -1), 0.75, _LINE),
            ("TOPPADDING", (0, 0), (-1, -1), 10),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 10),
        ]
    )
    return table


class _Seal(Flowable):
    """The red seal of the product, drawn: 里."""

    def __init__(self) -> None:
        super().__init__()
        self.width = self.height = 15 * mm

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        side = 15 * mm
        self.canv.setFillColor(_SEAL)
        self.canv.roundRect(0, 0, side, side, 3 * mm, stroke=0, fill=1)
        self.canv.setFillColor(white)
        self.canv.setFont(FONT, 10 * mm)
        self.canv.drawCentredString(side / 2, side / 2 - 3.6 * mm, "里")


def _draw_foot(canvas: Canvas, bulletin: Bulletin) -> None:
    canvas.setStrokeColor(_LINE)
    canvas.line(_MARGIN, 22 * mm, A4[0] - _MARGIN, 22 * mm)
    canvas.setFillColor(_SOFT)
    canvas.setFont(FONT, 10.5)
    for line, text in enumerate(bulletin.foot):
        canvas.drawString(_MARGIN, 16 * mm - line * 5.5 * mm, text)


def break_lines(text: str, *, size: float, width: float = _WIDTH) -> Iterator[str]:
    """Lines that fit, none of which begins with a sign that closes: two of those in a row the library leaves alone."""
    line = ""
    for piece in _UNBROKEN.findall(text):
        if line and stringWidth(f"{line}{piece}".rstrip(), FONT, size) > width:
            yield line.rstrip()
            line = ""
        line += piece
    yield line.rstrip()


def _text(text: str, *, size: float, leading: float) -> Paragraph:
    return _paragraph("\n".join(break_lines(text, size=size)), size=size, leading=leading)


def _paragraph(
    text: str,
    *,
    size: float,
    leading: float,
    colour: Color = _INK,
    before: float = 0,
    after: float = 0,
    is_centred: bool = False,
) -> Paragraph:
    style = ParagraphStyle(
        "sheet",
        fontName=FONT,
        fontSize=size,
        leading=leading,
        textColor=colour,
        spaceBefore=before,
        spaceAfter=after,
        wordWrap="CJK",
        alignment=TA_CENTER if is_centred else TA_LEFT,
    )
    return Paragraph(escape(text).replace("\n", "<br/>"), style)
