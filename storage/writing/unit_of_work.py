"""One batch's view of the store: every port that the core and the bot ask for, on one connection."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from routing.messages import Inbound
from storage.accounts import Accounts
from storage.api_tokens import ApiTokens
from storage.audit import AuditLog, Fact, append_all
from storage.bindings import Bindings
from storage.delivery.outbox import Outbox
from storage.delivery.parcels import Parcels
from storage.delivery.troubled_letters import TroubledLetters
from storage.delivery.vendor_tokens import VendorTokens
from storage.delivery.windows import OPEN_WINDOW, Windows
from storage.dialogs import PUT_DIALOG, Dialogs
from storage.erasure import Eraser
from storage.figure_keeping import FigureKeeping
from storage.hierarchy_versions.drafts import TreeDrafts
from storage.hierarchy_versions.root_change import RootChange
from storage.hierarchy_versions.versions import HierarchyVersions
from storage.history import History
from storage.inbox import Inbox
from storage.messages import INSERT_MESSAGE, Messages
from storage.people import INSERT_PERSON, People
from storage.person_ids import PersonIds
from storage.pictures import Pictures
from storage.plan_shelf import PlanShelf
from storage.prepared import insert
from storage.random_digits import RandomDigits
from storage.reader_models import ReaderModels
from storage.reporters import INSERT_REPORTER, Reporters
from storage.roots import Roots
from storage.sandbox import SandboxBoard
from storage.saved_views import SavedViews
from storage.settings import Settings
from storage.tables.board import TICKET_PAIR
from storage.tables.talk import DIALOG, INBOX, PERSON, REPLY_WINDOW
from storage.tables.tickets import MESSAGE, REPORTER, TICKET
from storage.taken_forms import TakenForms
from storage.ticket_numbers import TicketNumbers
from storage.ticket_pairs import PairInsert
from storage.tickets import INSERT_TICKET, Tickets
from storage.web_sessions import SignInTries, WebSessions
from storage.writing.foresight import Foresight, Key
from storage.writing.fresh import Fresh
from storage.writing.pending import Pending, PendingByKey
from storage.writing.underway import Insert, Underway

_INSERT_KEY = insert(INBOX)
_MAY_WAIT: Mapping[str, Insert] = {
    PERSON.name: INSERT_PERSON,
    TICKET.name: INSERT_TICKET,
    TICKET_PAIR.name: PairInsert(),
    REPORTER.name: INSERT_REPORTER,
    MESSAGE.name: INSERT_MESSAGE,
    DIALOG.name: PUT_DIALOG,
    REPLY_WINDOW.name: OPEN_WINDOW,
}
"""Rows that a report makes and hardly anybody looks for in the same batch; each after those that it refers to."""


class Unit:
    """Never commits: the writer does. Jobs see what earlier jobs of their batch did. `jobs`: how many there are."""

    def __init__(self, connection: sa.Connection, *, shelf: PlanShelf, jobs: int = 1) -> None:
        self._connection = connection
        self._shelf = shelf
        self._foresight = foresight = Foresight(connection)
        self._underway = underway = Underway(connection, inserts=_MAY_WAIT, foresight=foresight)
        self._numbers = TicketNumbers(connection, at_once=jobs)
        fresh = Fresh()
        self._plans: Pending[str] = Pending()
        self._facts: Pending[Fact] = Pending()
        self._waiting: Pending[dict[str, Any]] = Pending()
        self._keys: PendingByKey[Key, dict[str, Any]] = PendingByKey()
        roots = Roots(connection)
        self.tickets = Tickets(
            connection,
            roots=roots,
            shelf=shelf,
            new_plans=self._plans,
            numbers=self._numbers,
            fresh=fresh,
            foresight=foresight,
            underway=underway,
        )
        self.reporters = Reporters(connection, roots=roots, fresh=fresh, underway=underway)
        digits = RandomDigits()
        self.history = History(connection, roots=roots, facts=self._facts, digits=digits)
        self.messages = Messages(connection, roots=roots, underway=underway)
        self.pictures = Pictures(connection, roots=roots, foresight=foresight)
        self.dialogs = Dialogs(connection, fresh=fresh, foresight=foresight, underway=underway)
        self.outbox = Outbox(connection, roots=roots, waiting=self._waiting, digits=digits)
        self.inbox = Inbox(connection, keys=self._keys, foresight=foresight)
        self.audit = AuditLog(facts=self._facts)
        eraser = Eraser(connection, outbox=self.outbox, facts=self._facts, audit=self.audit)
        self.people = People(
            connection,
            ids=PersonIds(connection, at_once=jobs),
            eraser=eraser,
            fresh=fresh,
            foresight=foresight,
            underway=underway,
        )

    # What a message seldom needs: a batch does not pay for it.
    @property
    def parcels(self) -> Parcels:
        return Parcels(self._connection, outbox=self.outbox, tickets=self.tickets)

    @property
    def windows(self) -> Windows:
        return Windows(self._connection, underway=self._underway)

    @property
    def settings(self) -> Settings:
        return Settings(self._connection)

    @property
    def sandbox(self) -> SandboxBoard:
        return SandboxBoard(self._connection)

    @property
    def vendor_tokens(self) -> VendorTokens:
        return VendorTokens(self._connection)

    @property
    def api_tokens(self) -> ApiTokens:
        return ApiTokens(self._connection)

    @property
    def hierarchy_versions(self) -> HierarchyVersions:
        return HierarchyVersions(self._connection, audit=self.audit)

    @property
    def root_change(self) -> RootChange:
        return RootChange(self._connection, audit=self.audit)

    @property
    def accounts(self) -> Accounts:
        return Accounts(self._connection)

    @property
    def web_sessions(self) -> WebSessions:
        return WebSessions(self._connection)

    @property
    def sign_in_tries(self) -> SignInTries:
        return SignInTries(self._connection)

    @property
    def bindings(self) -> Bindings:
        return Bindings(self._connection, audit=self.audit, settings=self.settings)

    @property
    def taken_forms(self) -> TakenForms:
        return TakenForms(self._connection)

    @property
    def troubled_letters(self) -> TroubledLetters:
        return TroubledLetters(self._connection)

    @property
    def tree_drafts(self) -> TreeDrafts:
        return TreeDrafts(self._connection)

    @property
    def figures(self) -> FigureKeeping:
        return FigureKeeping(self._connection)

    @property
    def saved_views(self) -> SavedViews:
        return SavedViews(self._connection)

    @property
    def reader_models(self) -> ReaderModels:
        return ReaderModels(self._connection)

    def look_ahead(self, messages: Sequence[Inbound]) -> None:
        """Asks at once for what the jobs of these messages will ask for."""
        self._foresight.look_ahead(messages)

    def begin_job(self) -> None:
        self._underway.begin_job()

    @property
    def can_undo_job(self) -> bool:
        """False after an error of the database that came before the job had a savepoint."""
        return self._underway.has_savepoint

    def settle_job(self) -> None:
        """The job went well: what waits of it belongs to the batch now."""
        self._underway.settle_job()
        for each in (self._plans, self._facts, self._waiting, self._keys):
            each.settle()

    def discard_job(self) -> None:
        """Undoes the job in the database and forgets what waits of it."""
        self._underway.discard_job()
        for each in (self._plans, self._facts, self._waiting, self._keys):
            each.discard()

    def write_waiting(self) -> None:
        """What could wait until the commit. Keys go in one order everywhere, so that two batches cannot block each
        other, and the chain goes last, because its lock is held until the commit."""
        self._underway.finish()
        self._numbers.keep()
        keys = self._keys.all()
        _INSERT_KEY.put_many(self._connection, [keys[key] for key in sorted(keys)])
        self.outbox.write()
        append_all(self._connection, list(self._facts))

    def note_commit(self) -> None:
        for plan_id in self._plans:
            self._shelf.note_commit(plan_id)
