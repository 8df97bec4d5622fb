"""Pages that stay where they are while new rows come: a cursor is the last number seen, newest first."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from admin_web.api.verbs import parse_number
from admin_web.problems import ProblemError

DEFAULT_LIMIT, MOST = 50, 200

_Item = TypeVar("_Item")


def parse_cursor(cursor: str | None) -> int | None:
    """Raises a 422 for what was never given as `next`."""
    if not cursor:
        return None
    below = parse_number(cursor)
    if below is None:
        errors = [{"at": "query.cursor", "message": "Not a cursor of this list"}]
        raise ProblemError(422, "bad_cursor", "翻页标记不对，请用上一页给的 next。", errors=errors)
    return below


def cut_page(
    items: Sequence[_Item], limit: int, number_of: Callable[[_Item], int]
) -> tuple[Sequence[_Item], str | None]:
    """From one row more than asked for: the page, and the cursor of the next one or None."""
    page = items[:limit]
    return page, str(number_of(page[-1])) if len(items) > limit else None
