"""The public board and the page of help: counts that point at nobody, and how to reach the bot.

Where the figures come from is the caller's; small ones are taken out here, whatever the caller says.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from admin_web.office import words_of
from admin_web.rendering import Pages

SMALLEST = 5
WAYS = frozenset({"wechat", "telegram", "sandbox"})
"""Channels that the pages have words for."""


@dataclass(frozen=True, slots=True)
class Counts:
    """One line of the board. `due` is how many had a limit that ran out or was kept, `on_time` how many kept it."""

    name: str
    reported: int
    solved: int
    due: int
    on_time: int


@dataclass(frozen=True, slots=True)
class Board:
    """`total` is over all; `categories` add up to it. Both days are included, local to the tree. `ways` are the
    channels by which the bot is reached, as `WAYS` has them."""

    place: str
    from_on: date
    to_on: date
    total: Counts
    categories: Sequence[Counts]
    ways: Sequence[str]


BoardFigures = Callable[[], Awaitable[Board]]


@dataclass(frozen=True, slots=True)
class ShownCounts:
    """What may be shown: None where a number would be too small to hide anybody."""

    name: str
    reported: int
    solved: int | None
    on_time_percent: int | None


def build_router(
    pages: Pages, *, figures: BoardFigures, smallest: int = SMALLEST, board_path: str | None = "/"
) -> APIRouter:
    """`board_path` is None while the sandbox stands at "/"; `smallest` is the least count that is shown."""
    router = APIRouter(include_in_schema=False)

    async def show_board(request: Request) -> HTMLResponse:
        board = await figures()
        return render(
            request,
            "board.html",
            ways=board.ways,
            board=board,
            total=show_counts(board.total, smallest=smallest),
            rows=list_shown(board.categories, smallest=smallest),
            smallest=smallest,
        )

    async def show_help(request: Request) -> HTMLResponse:
        return render(request, "help.html", ways=(await figures()).ways)

    def render(request: Request, template: str, **values: object) -> HTMLResponse:
        words = words_of(request)
        frame = {"t": words, "language": words.language.value, "here": request.url.path}
        return pages.render(template, status=200, **frame, **values)

    if board_path is not None:
        router.add_api_route(board_path, show_board, methods=["GET"], response_class=HTMLResponse)
    router.add_api_route("/help", show_help, methods=["GET"], response_class=HTMLResponse)
    return router


def show_counts(counts: Counts, *, smallest: int) -> ShownCounts | None:
    """None for a line that is too small as a whole."""
    if counts.reported < smallest:
        return None
    return ShownCounts(
        name=counts.name,
        reported=counts.reported,
        solved=counts.solved if counts.solved >= smallest else None,
        on_time_percent=round(100 * counts.on_time / counts.due) if counts.due >= smallest else None,
    )


def list_shown(rows: Sequence[Counts], *, smallest: int) -> list[ShownCounts]:
    """The lines that may be shown, largest first. What is left out may not be found by subtraction from the total:
    if it is too small together, the smallest line that would be shown is left out as well."""
    ordered = sorted(rows, key=lambda row: row.reported, reverse=True)
    shown = [row for row in ordered if row.reported >= smallest]
    hidden = sum(row.reported for row in ordered[len(shown) :])
    if shown and 0 < hidden < smallest:
        shown.pop()
    return [each for each in (show_counts(row, smallest=smallest) for row in shown) if each is not None]
