"""The API over stores in memory: a small street with its people, tokens of every role, and a client to ask with."""

from dataclasses import dataclass, field, replace
from functools import cache

import httpx
from fastapi import FastAPI

from admin_web.api import build_api, build_door, install_problem_handlers
from admin_web.api.access import Allowance
from admin_web.api.scope import subtree_of
from admin_web.hierarchy_office import (
    Applied,
    Checked,
    FileProblem,
    Impact,
    Refused,
    RefusedEdit,
    Stale,
    VersionNote,
)
from admin_web.hierarchy_plan import Heir
from admin_web.ports import (
    EVERYTHING,
    ApiPorts,
    AuditItem,
    ChainState,
    Grant,
    NewReport,
    OutboxItem,
    Role,
    Scope,
    TicketFile,
    TicketQuery,
    UnavailableError,
)
from admin_web.rendering import Statics
from routing.errors import DeskError
from routing.hierarchy import Hierarchy
from routing.metrics import Places, facts_of, figures_of
from storage.hierarchy_edit.own_lines import list_others_lines
from storage.hierarchy_file import read_hierarchy
from tests.builders import TUESDAY_NINE, a_person, a_reading
from tests.fakes import FakeWriter
from tests.world import World

ROOT = "root-token-of-the-settings"
STATICS = Statics()


class FakeReader:
    """The tickets of a fake store, filtered as the port says."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.is_down = False
        self.queries: list[TicketQuery] = []

    async def list_page(self, query, *, below, limit):
        self._note(query)
        found = [each for each in self._tickets() if _matches(each, query)]
        newest = sorted(found, key=lambda each: -each.number)
        return [self._file(each) for each in newest if below is None or each.number < below][:limit]

    async def find(self, number):
        if self.is_down:
            raise UnavailableError
        ticket = self._world.store.tickets.find(number)
        return self._file(ticket) if ticket else None

    async def count(self, question, *, now, smallest_n):
        """From the stories, as `routing.metrics` says."""
        tree = self._world.hierarchy
        scope = Scope(subtree_of(question.seen_from, tree)) if question.seen_from else EVERYTHING
        query = TicketQuery(
            scope,
            nodes=subtree_of(question.node, tree) if question.node else None,
            origins=subtree_of(question.origin, tree) if question.origin else None,
            opened_from=question.opened_from,
            opened_before=question.opened_before,
        )
        self._note(query)
        places = Places({node_id: node.level for node_id, node in tree.nodes.items()})
        found = [each for each in self._tickets() if _matches(each, query)]
        facts = [facts_of(each, self._world.store.history.list_of(each.number), places) for each in found]
        return figures_of(facts, now, smallest_n=smallest_n)

    def _note(self, query):
        if self.is_down:
            raise UnavailableError
        self.queries.append(query)

    def _tickets(self):
        return list(self._world.store.state.tickets.values())

    def _file(self, ticket):
        store = self._world.store
        return TicketFile(ticket, store.history.list_of(ticket.number), store.messages.list_of(ticket.number))


def _matches(ticket, query: TicketQuery) -> bool:
    since, until = query.opened_from, query.opened_before
    return (
        query.scope.covers_ticket(ticket)
        and (not query.statuses or ticket.status in query.statuses)
        and (query.nodes is None or ticket.node in query.nodes)
        and (query.origins is None or ticket.origin in query.origins)
        and query.level in {"", ticket.level}
        and (not query.categories or ticket.category in query.categories)
        and query.words.casefold() in f"{ticket.text} {ticket.place} #{ticket.number}".casefold()
        and (since is None or ticket.opened_at >= since)
        and (until is None or ticket.opened_at < until)
    )


class FakeOffice:
    """Keeps versions in a list; reads files with the real reader."""

    def __init__(self, tree: Hierarchy, text: str = "") -> None:
        self.versions = [(tree, text)]
        self.refused: RefusedEdit | None = None
        self.impact = Impact()
        self.heirs: tuple[Heir, ...] = ()

    def current(self):
        return self.versions[-1][0]

    async def text(self, version):
        return self.versions[version - 1][1]

    async def list_others_lines(self, text, node_id):
        return list_others_lines(text, node_id, ())

    async def check(self, content):
        checked = read_hierarchy(content)
        problems = tuple(
            FileProblem(each.line, each.path, each.message, each.message_zh) for each in checked.problems
        )
        return Checked(checked.hierarchy, problems, (), "fine" if checked.hierarchy else "")

    async def list_heirs(self, content, heirs):
        return self.heirs

    async def weigh(self, content, *, if_version, heirs):
        if stale := self._stale(if_version):
            return stale
        checked = await self.check(content)
        return Refused(checked.problems) if checked.hierarchy is None else self.impact

    async def apply(self, content, *, author, note, if_version, heirs):
        weighed = await self.weigh(content, if_version=if_version, heirs=heirs)
        if not isinstance(weighed, Impact):
            return weighed
        tree = replace((await self.check(content)).hierarchy, version=len(self.versions) + 1)
        self.versions.append((tree, content.decode()))
        self.notes = [VersionNote(tree.version, author, note, TUESDAY_NINE, "digest")]
        return Applied(tree.version, weighed)

    async def list_versions(self, *, limit):
        return getattr(self, "notes", [])

    async def find_refused(self):
        return self.refused

    def _stale(self, if_version):
        newest = len(self.versions)
        if if_version in {None, newest}:
            return None
        base = self.versions[if_version - 1][1] if 0 < if_version <= newest else None
        return Stale(newest, self.versions[-1][1], base)


class FakeLetters:
    def __init__(self) -> None:
        self.items: list[OutboxItem] = []
        self.sent_again: list[tuple[int, str]] = []

    async def list_page(self, scope: Scope, *, states, below, limit):
        found = [each for each in self.items if each.state in states and scope.covers(each.node, each.origin)]
        newest = sorted(found, key=lambda each: -each.parcel_id)
        return [each for each in newest if below is None or each.parcel_id < below][:limit]

    async def find(self, parcel_id):
        return next((each for each in self.items if each.parcel_id == parcel_id), None)

    async def send_again(self, parcel_id, *, by):
        item = await self.find(parcel_id)
        if item.state not in {"dead", "unknown"}:
            return False
        self.sent_again.append((parcel_id, by))
        return True


class FakeLog:
    def __init__(self) -> None:
        self.items = [
            AuditItem(n, TUESDAY_NINE, "ticket.opened", f"ticket:{n}", "resident", "[]", "0" * 64)
            for n in range(1, 8)
        ]
        self.state = ChainState(7, TUESDAY_NINE)

    async def list_page(self, *, subject, below, limit):
        found = [each for each in reversed(self.items) if subject in {"", each.subject}]
        return [each for each in found if below is None or each.seq < below][:limit]

    async def chain(self):
        return self.state


class Slot:
    """The house that is asked now. The routes are made once for all of them: making them takes longer than a test."""

    house: "ApiHouse"

    def through(self, part: str) -> "Through":
        return Through(self, part)


class Through:
    """Stands for one part of the house in the slot; its methods are looked up when they are called."""

    def __init__(self, slot: Slot, part: str) -> None:
        self._slot = slot
        self._part = part

    def __getattr__(self, name: str):
        return lambda *given, **named: getattr(getattr(self._slot.house, self._part), name)(*given, **named)


@dataclass
class ApiHouse:
    """`ask` sends a request with a token's name ("" for none) and gives the response."""

    world: World = field(default_factory=World)
    grants: dict[str, Grant] = field(default_factory=dict)
    reports: list[NewReport] = field(default_factory=list)
    text: str = ""
    refusal: DeskError | None = None

    def __post_init__(self) -> None:
        self.reader = FakeReader(self.world)
        self.writer = FakeWriter(self.world.store)
        self.office = FakeOffice(self.world.hierarchy, self.text)
        self.letters = FakeLetters()
        self.log = FakeLog()
        self.reach = self.world.reach

    def token(self, role: Role, scope: str = "xinhua") -> str:
        """The secret of a token that is made when first asked for."""
        secret = f"{role}-of-{scope}"
        self.grants[secret] = Grant(secret, role, scope)
        return secret

    async def ask(self, method: str, path: str, *, token: str = ROOT, **more) -> httpx.Response:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        headers.update(more.pop("headers", {}))
        app, slot = the_app()
        slot.house = self
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://liren.test") as client:
            return await client.request(method, path, headers=headers, **more)

    async def get(self, path: str, **more) -> httpx.Response:
        return await self.ask("GET", path, **more)

    async def say(self, number: int, verb: str, by: str | None = None, text: str = "", **more):
        body = {"text": text} if by is None else {"by": by, "text": text}
        return await self.ask("POST", f"/api/v1/tickets/{number}/{verb}", json=body, **more)

    async def find_token(self, secret: str) -> Grant | None:
        return self.grants.get(secret)

    async def report(self, said: NewReport) -> int:
        if self.refusal is not None:
            raise self.refusal
        self.reports.append(said)
        people = self.world.store.people
        if people.find("api", "liren", said.by) is None:
            people.add(a_person(said.by, channel="api", private=None))
        reading = a_reading(said.category or "other", urgent=bool(said.urgent))
        return self.world.report(said.text, who=said.by, origin=said.node, reading=reading)


@cache
def the_app() -> tuple[FastAPI, Slot]:
    slot = Slot()
    ports = ports_over(slot)
    app = an_app()
    door = build_door(ports, allowance=Allowance(ports.now, burst=1e9))
    app.include_router(build_api(ports, statics=STATICS, door=door))
    return app, slot


def an_app() -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    install_problem_handlers(app)
    return app


def ports_over(slot: Slot) -> ApiPorts:
    return ApiPorts(
        hierarchy=slot.through("office"),
        writer=slot.through("writer"),
        tickets=slot.through("reader"),
        figures=slot.through("reader"),
        outbox=slot.through("letters"),
        audit=slot.through("log"),
        report=lambda said: slot.house.report(said),
        find_token=lambda secret: slot.house.find_token(secret),
        reach=slot.through("reach"),
        now=lambda: slot.house.world.now,
        say_refusal=say_refusal,
        say_word=lambda key: key,
        api_token=ROOT,
    )


def say_refusal(error: DeskError) -> str:
    return f"说不成：{error.key}。"


def assert_problem(response: httpx.Response, status: int, code: str) -> dict:
    """The response is a whole problem document of this status and code; returns it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert {"type", "title", "status", "detail", "instance", "code"} <= body.keys()
    assert (body["status"], body["code"]) == (status, code)
    assert body["title"].isascii()
    assert any("\u4e00" <= letter <= "\u9fff" for letter in body["detail"])
    return body
