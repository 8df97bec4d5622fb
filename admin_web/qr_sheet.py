"""Draws the sheets of codes that hang in stairwells, as a PDF in A4. What stands on a card is decided elsewhere.

Chinese is set in a font of the reader's own (STSong-Light, Adobe's standard CID font), so that no font file is needed;
the codes are vectors, sharp at any size.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import segno
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SONG, LATIN, LATIN_BOLD = "STSong-Light", "Helvetica", "Helvetica-Bold"
MARGIN = 10 * mm
INK, SOFT, SEAL, LINE = (HexColor(each) for each in ("#1f2622", "#5a635d", "#b23a2a", "#b9b4a6"))
# The middle dot stands in no Chinese font of this kind.
_RUNS = re.compile(r"[\x20-\x7e·]+|[^\x20-\x7e·]+")
_IS_LATIN = re.compile(r"[\x20-\x7e·]")
# How thick the outline of a letter has to be for it to look bold, as a part of its size.
_BOLD = 0.028


@dataclass(frozen=True, slots=True)
class CodeCard:
    """`place` is the name in large letters, `above` the place around it; `url` is what the code says; `caption` stands
    below it; `lines` say how to use it."""

    above: str
    place: str
    url: str
    caption: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Cards beside and below each other on a page."""

    columns: int
    rows: int

    @property
    def per_page(self) -> int:
        return self.columns * self.rows


LAYOUTS = {1: Layout(1, 1), 2: Layout(1, 2), 4: Layout(2, 2), 8: Layout(2, 4)}
"""By the number of cards on a page: one to hang up, two, four, or eight small ones to stick on."""


def draw_sheet(cards: Sequence[CodeCard], *, per_page: int, title: str) -> bytes:
    """A PDF of all cards. Raises KeyError for a layout that there is not. Takes CPU: about 2 ms a card."""
    layout = LAYOUTS[per_page]
    _know_fonts()
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, pageCompression=1, invariant=1)
    canvas.setTitle(title)
    canvas.setCreator("Liren")
    for page in _pages(cards, layout.per_page):
        _draw_page(canvas, page, layout)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _know_fonts() -> None:
    if SONG not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(SONG))


def _pages(cards: Sequence[CodeCard], size: int) -> Iterator[list[CodeCard]]:
    waiting = iter(cards)
    while page := list(islice(waiting, size)):
        yield page


def _draw_page(canvas: Canvas, page: Sequence[CodeCard], layout: Layout) -> None:
    width, height = A4
    wide, high = (width - 2 * MARGIN) / layout.columns, (height - 2 * MARGIN) / layout.rows
    if layout.per_page > 1:
        _draw_cuts(canvas, layout, wide, high)
    for index, card in enumerate(page):
        column, row = index % layout.columns, index // layout.columns
        left = MARGIN + column * wide
        bottom = height - MARGIN - (row + 1) * high
        if wide > high * 1.15:
            _draw_lying(canvas, card, _Box(left, bottom, wide, high))
        else:
            _draw_standing(canvas, card, _Box(left, bottom, wide, high))


def _draw_cuts(canvas: Canvas, layout: Layout, wide: float, high: float) -> None:
    """Where to cut."""
    width, height = A4
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.4)
    canvas.setDash(2, 3)
    for column in range(1, layout.columns):
        canvas.line(MARGIN + column * wide, MARGIN / 2, MARGIN + column * wide, height - MARGIN / 2)
    for row in range(1, layout.rows):
        canvas.line(MARGIN / 2, MARGIN + row * high, width - MARGIN / 2, MARGIN + row * high)
    canvas.setDash()


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    bottom: float
    wide: float
    high: float

    @property
    def middle(self) -> float:
        return self.left + self.wide / 2


@dataclass(frozen=True, slots=True)
class _Text:
    """One line; `size` in points, `gap` above it as a part of the size."""

    text: str
    size: float
    color: Color
    is_bold: bool = False
    gap: float = 0.5

    @property
    def high(self) -> float:
        return self.size * (1 + self.gap)


def _draw_standing(canvas: Canvas, card: CodeCard, box: _Box) -> None:
    """Names, code, words, one below the other, in the middle of the card."""
    unit, room = box.high / 100, box.wide * 0.9
    side = min(box.wide * 0.72, box.high * 0.5)
    above, below = _names(card, room, unit=unit), _words(card, room, unit=unit)
    high = sum(each.high for each in (*above, *below)) + side
    y = box.bottom + box.high - (box.high - high) / 2
    y = _write_all(canvas, above, box.middle, y)
    _draw_code(canvas, card.url, box.middle - side / 2, y - side, side)
    _write_all(canvas, below, box.middle, y - side)


def _draw_lying(canvas: Canvas, card: CodeCard, box: _Box) -> None:
    """The code on the left, names and words beside it."""
    side = min(box.high * 0.84, box.wide * 0.47)
    left = box.left + box.wide * 0.02
    _draw_code(canvas, card.url, left, box.bottom + (box.high - side) / 2, side)
    begin = left + side + box.wide * 0.01
    room = box.left + box.wide * 0.98 - begin
    unit = box.high / 62
    lines = [*_names(card, room, unit=unit), *_words(card, room, unit=unit)]
    high = sum(each.high for each in lines)
    _write_all(canvas, lines, begin + room / 2, box.bottom + (box.high + high) / 2)


def _names(card: CodeCard, room: float, *, unit: float) -> list[_Text]:
    """A long name is set smaller, in several lines."""
    size = (9 if _width(card.place, 9 * unit, is_bold=True) <= room else 6) * unit
    large = [
        _Text(each, size, INK, is_bold=True, gap=0.3) for each in _fold(card.place, size, room, is_bold=True)
    ]
    return [_Text(card.above, 3.8 * unit, SOFT), *large]


def _words(card: CodeCard, room: float, *, unit: float) -> list[_Text]:
    lines = [piece for each in card.lines for piece in _fold(each, 3.1 * unit, room)]
    return [_Text(card.caption, 3.6 * unit, SEAL, gap=0.7), *(_Text(each, 3.1 * unit, INK) for each in lines)]


def _write_all(canvas: Canvas, lines: Sequence[_Text], middle: float, y: float) -> float:
    """From `y` down; returns where it ended."""
    for each in lines:
        y -= each.high
        _write(canvas, each, middle, y + each.size * 0.12)
    return y


def _draw_code(canvas: Canvas, url: str, left: float, bottom: float, side: float) -> None:
    """Rows of dark squares; the quiet zone of four squares is part of `side` (ISO/IEC 18004)."""
    matrix = [list(row) for row in segno.make(url, error="m", micro=False).matrix_iter(border=4)]
    square = side / len(matrix)
    path = canvas.beginPath()
    for row, squares in enumerate(matrix):
        for begin, length in _dark_runs(squares):
            y = bottom + side - (row + 1) * square
            path.rect(left + begin * square, y, length * square, square)
    canvas.setFillColor(HexColor("#000000"))
    canvas.drawPath(path, stroke=0, fill=1)


def _dark_runs(squares: Sequence[int]) -> Iterator[tuple[int, int]]:
    begin = None
    for index, is_dark in enumerate([*squares, 0]):
        if is_dark and begin is None:
            begin = index
        elif not is_dark and begin is not None:
            yield begin, index - begin
            begin = None


def _write(canvas: Canvas, line: _Text, middle: float, y: float) -> None:
    """Centred."""
    writer = canvas.beginText(middle - _width(line.text, line.size, is_bold=line.is_bold) / 2, y)
    writer.setFillColor(line.color)
    canvas.setStrokeColor(line.color)
    canvas.setLineWidth(line.size * _BOLD)
    for run in _RUNS.findall(line.text):
        font = _font_of(run, is_bold=line.is_bold)
        writer.setTextRenderMode(2 if line.is_bold and font == SONG else 0)
        writer.setFont(font, line.size)
        writer.textOut(run)
    writer.setTextRenderMode(0)
    canvas.drawText(writer)


def _width(text: str, size: float, *, is_bold: bool = False) -> float:
    runs = _RUNS.findall(text)
    return sum(pdfmetrics.stringWidth(each, _font_of(each, is_bold=is_bold), size) for each in runs)


def _font_of(run: str, *, is_bold: bool) -> str:
    if _IS_LATIN.match(run) is None:
        return SONG
    return LATIN_BOLD if is_bold else LATIN


def _fold(text: str, size: float, room: float, *, is_bold: bool = False) -> list[str]:
    """In as few lines as it takes, about as long as each other."""
    lines = _fill(text, size, room, is_bold=is_bold)
    even = _width(text, size, is_bold=is_bold) / len(lines) + size
    return _fill(text, size, min(room, even), is_bold=is_bold)


def _fill(text: str, size: float, room: float, *, is_bold: bool) -> list[str]:
    """No line begins with a sign that ends a phrase."""
    lines = [""]
    for sign in text:
        if _width(lines[-1] + sign, size, is_bold=is_bold) > room and sign not in "，。、！？：；”）":
            lines.append("")
        lines[-1] += sign
    return lines
