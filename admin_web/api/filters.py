"""What a list of tickets may be narrowed by."""

from pydantic import BaseModel, ConfigDict, Field

from admin_web.api.body import clean_text
from admin_web.api.paging import DEFAULT_LIMIT, MOST
from admin_web.api.scope import Visit
from admin_web.ports import TicketQuery
from admin_web.problems import bad_values
from routing.hierarchy import Hierarchy
from routing.tickets import Status


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
        """Inside what the visit may see. 404 for a node out of sight, 422 for an unknown status or
        level. A category may be one that has left the file: its tickets stay."""
        return TicketQuery(
            scope=visit.scope,
            statuses=frozenset(_parse_status(each) for each in self.status.split(",") if each),
            nodes=visit.find_subtree(self.node),
            origins=visit.find_subtree(self.origin),
            level=_parse_level(self.level, visit.hierarchy),
            categories=frozenset(clean_text(each) for each in self.category.split(",") if each),
            words=clean_text(self.q),
        )


def _parse_level(said: str, hierarchy: Hierarchy) -> str:
    known = [each.level_id for each in hierarchy.levels]
    if said and said not in known:
        raise bad_values([{"loc": ["query", "level"], "msg": f"One of: {', '.join(known)}"}])
    return said


def _parse_status(said: str) -> Status:
    try:
        return Status(said.strip())
    except ValueError:
        raise bad_values([{"loc": ["query", "status"], "msg": f"One of: {', '.join(Status)}"}]) from None
