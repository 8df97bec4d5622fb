"""What a list of tickets may be narrowed by, and reading days and instants out of an address."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from admin_web.api.body import clean_text
from admin_web.api.paging import DEFAULT_LIMIT, MOST
from admin_web.api.scope import Visit
from admin_web.ports import TicketQuery
from admin_web.problems import bad_values
from routing.tickets import Status

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Filters(BaseModel):
    """Unknown names are refused: a filter that is not applied shows more than was asked for."""

    model_config = ConfigDict(extra="forbid")

    status: str = Field(
        "", max_length=200, description="One status or several: `open,claimed`.", examples=["open"]
    )
    node: str = Field("", max_length=100, description="Asked here or below.", examples=["xingfuli"])
    origin: str = Field("", max_length=100, description="Reported here or below.", examples=["xingfuli-b1"])
    level: str = Field("", max_length=100, description="Asked at this level.", examples=["community"])
    category: str = Field(
        "", max_length=100, description="The id of a category, or several.", examples=["elevator"]
    )
    q: str = Field("", max_length=100, description="Words in text or place, or a number.", examples=["电梯"])
    cursor: str = Field("", max_length=40, description="`next` of the page before.", examples=["1024"])
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MOST, description="Tickets on a page.", examples=[50])

    def query_for(self, visit: Visit) -> TicketQuery:
        """Inside what the visit may see. 404 for a node out of sight, 422 for an unknown status."""
        return TicketQuery(
            scope=visit.scope,
            statuses=frozenset(_parse_status(each) for each in self.status.split(",") if each),
            nodes=visit.find_subtree(self.node),
            origins=visit.find_subtree(self.origin),
            level=clean_text(self.level),
            categories=frozenset(clean_text(each) for each in self.category.split(",") if each),
            words=clean_text(self.q),
        )


def parse_period(
    since: str, until: str, *, now: datetime, timezone: str, usual: timedelta
) -> tuple[datetime, datetime | None]:
    """[from, to) in UTC. A day stands for all of it, in the tree's time zone. Without `from` it begins the usual time
    before its end; without `to` it has none. 422 for what is neither a day nor an instant, and for running backwards.
    """
    zone = ZoneInfo(timezone)
    end = _parse_at(until, zone, name="to", days=1) if until else None
    start = _parse_at(since, zone, name="from", days=0) if since else (end or now) - usual
    if end is not None and start > end:
        raise bad_values([{"loc": ["query", "from"], "msg": "The period ends before it begins"}])
    return start, end


def _parse_at(said: str, zone: ZoneInfo, *, name: str, days: int) -> datetime:
    try:
        if _DAY.fullmatch(said):
            day = date.fromisoformat(said) + timedelta(days=days)
            return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
        # In an address a plus sign that was not escaped has become a space.
        at = datetime.fromisoformat(re.sub(r" (?=\d{2}:?\d{2}$)", "+", said))
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise bad_values(
            [{"loc": ["query", name], "msg": "Neither a day nor an instant (ISO 8601)"}]
        ) from None


def _parse_status(said: str) -> Status:
    try:
        return Status(said.strip())
    except ValueError:
        raise bad_values([{"loc": ["query", "status"], "msg": f"One of: {', '.join(Status)}"}]) from None
