"""The shapes of a ticket as programs see it, with an example each. Filling them is in `ticket_json`."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

NUMBER = 1024
_HISTORY: JsonDict = {
    "at": "2026-11-23T09:51:56Z",
    "event": "opened",
    "by": "resident",
    "node": "xingfuli-b1",
    "reason": "rule starts_at: 电梯从楼栋一级办起",
    "words": "",
    "group": "xingfuli-property",
    "entered_by": None,
}
_TICKET: JsonDict = {
    "number": NUMBER,
    "status": "open",
    "status_name": "待认领",
    "urgent": False,
    "category": "elevator",
    "category_name": "电梯",
    "text": "3单元电梯又不动了",
    "place": "3单元",
    "origin": "xingfuli-b1",
    "origin_name": "幸福里社区1号楼",
    "node": "xingfuli-b1",
    "node_name": "1号楼",
    "level": "building",
    "level_name": "楼栋",
    "group": "xingfuli-property",
    "group_name": "幸福里物业群",
    "holder": None,
    "holder_name": "",
    "reporters": 1,
    "opened_at": "2026-11-23T09:51:56Z",
    "dispatched_at": "2026-11-23T09:51:56Z",
    "claimed_at": None,
    "claim_due_at": "2026-11-24T01:51:56Z",
    "resolve_due_at": None,
    "waiting_until": None,
    "pause_asked_until": None,
    "resolved_at": None,
    "closed_at": None,
    "escalations": 0,
    "hand_backs": 0,
    "reopens": 0,
    "rating": None,
    "merged_into": None,
    "history": [_HISTORY],
}
_MESSAGE: JsonDict = {"at": "2026-11-23T09:51:56Z", "by": "resident", "text": "3单元电梯又不动了"}


class HistoryJson(BaseModel):
    """`by` is a staff id, "resident", "clock" or "system". `entered_by` names the office that did it for them."""

    model_config = ConfigDict(json_schema_extra={"examples": [_HISTORY]})

    at: datetime
    event: str
    by: str
    node: str
    reason: str
    words: str = Field(description="What a person wrote with it.")
    group: str
    entered_by: str | None


class TicketJson(BaseModel):
    """`node`, `level` and `group` say who is asked now; `origin` is where it was reported and never changes."""

    model_config = ConfigDict(json_schema_extra={"examples": [_TICKET]})

    number: int
    status: str
    status_name: str
    urgent: bool
    category: str
    category_name: str
    text: str
    place: str
    origin: str
    origin_name: str
    node: str
    node_name: str
    level: str
    level_name: str
    group: str
    group_name: str
    holder: str | None
    holder_name: str
    reporters: int
    opened_at: datetime
    dispatched_at: datetime
    claimed_at: datetime | None
    claim_due_at: datetime | None
    resolve_due_at: datetime | None
    waiting_until: datetime | None
    pause_asked_until: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    escalations: int
    hand_backs: int
    reopens: int
    rating: str | None
    merged_into: int | None
    history: list[HistoryJson]


class MessageJson(BaseModel):
    """One thing that a reporter (`by` "resident") or a member of staff wrote."""

    model_config = ConfigDict(json_schema_extra={"examples": [_MESSAGE]})

    at: datetime
    by: str
    text: str


class TicketFileJson(TicketJson):
    """A ticket with what was written on it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_TICKET, "messages": [_MESSAGE]}]})

    messages: list[MessageJson]


class TicketPageJson(BaseModel):
    """`next` is the cursor of the following page, null on the last one."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [_TICKET], "next": "1024"}]})

    items: list[TicketJson]
    next: str | None


class MoveJson(BaseModel):
    """`by` is a staff id; an office may leave it out for what a resident wants. What `text` means is said with each
    verb."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"by": "liqiang", "text": "已更换门机皮带，试运行正常"}]},
    )

    by: str | None = Field(default=None, max_length=100)
    text: str = Field(default="", max_length=2000)


class ReportJson(BaseModel):
    """A resident's report, taken down by an office. Without a category the text is read as a message would be.

    `contact` is who it was and how to ring them, if they want to hear how it ends: for whoever has the ticket.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"node": "xingfuli-b1", "text": "3单元电梯又不动了", "category": "elevator"}]
        },
    )

    node: str = Field(min_length=1, max_length=100)
    text: str = Field(min_length=1, max_length=2000)
    category: str = Field(default="", max_length=100)
    urgent: bool | None = None
    place: str = Field(default="", max_length=200)
    contact: str = Field(default="", max_length=80)
