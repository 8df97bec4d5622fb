"""One batch's view of the store: every port that the core and the bot ask for, on one connection."""

from typing import Any

import sqlalchemy as sa

from storage.api_tokens import ApiTokens
from storage.audit import AuditLog, Fact, append_all
from storage.dialogs import Dialogs
from storage.erasure import Eraser
from storage.hierarchy_versions import HierarchyVersions
from storage.history import History
from storage.inbox import Inbox, Key
from storage.messages import Messages
from storage.outbox import Outbox
from storage.parcels import Parcels
from storage.pending import Pending, PendingByKey
from storage.people import People
from storage.pictures import Pictures
from storage.plan_shelf import PlanShelf
from storage.prepared import insert
from storage.reporters import Reporters
from storage.sandbox import SandboxBoard
from storage.settings import Settings
from storage.tables_talk import INBOX
from storage.tickets import Roots, Tickets
from storage.vendor_tokens import VendorTokens
from storage.windows import Windows

_INSERT_KEY = insert(INBOX)


class Unit:
    """Never commits: the writer does. Jobs see what earlier jobs of their batch did."""

    def __init__(self, connection: sa.Connection, *, shelf: PlanShelf) -> None:
        self._connection = connection
        self._shelf = shelf
        self._plans: Pending[str] = Pending()
        self._facts: Pending[Fact] = Pending()
        self._waiting: Pending[dict[str, Any]] = Pending()
        self._keys: PendingByKey[Key, dict[str, Any]] = PendingByKey()
        roots = Roots(connection)
        self.tickets = Tickets(connection, roots=roots, shelf=shelf, new_plans=self._plans)
        self.reporters = Reporters(connection, roots=roots)
        self.history = History(connection, roots=roots, facts=self._facts)
        self.messages = Messages(connection, roots=roots)
        self.pictures = Pictures(connection, roots=roots)
        self.dialogs = Dialogs(connection)
        self.outbox = Outbox(connection, roots=roots, waiting=self._waiting)
        self.inbox = Inbox(connection, keys=self._keys)
        self.windows = Windows(connection)
        self.parcels = Parcels(connection, outbox=self.outbox)
        self.sandbox = SandboxBoard(connection)
        self.audit = AuditLog(facts=self._facts)
        self.vendor_tokens = VendorTokens(connection)
        self.api_tokens = ApiTokens(connection)
        self.settings = Settings(connection)
        self.hierarchy_versions = HierarchyVersions(connection, audit=self.audit)
        eraser = Eraser(connection, outbox=self.outbox, facts=self._facts, audit=self.audit)
        self.people = People(connection, eraser=eraser)

    def settle_job(self) -> None:
        """The job went well: what waits of it belongs to the batch now."""
        for each in (self._plans, self._facts, self._waiting, self._keys):
            each.settle()

    def discard_job(self) -> None:
        """The job was undone in the database: what waits of it is forgotten too."""
        for each in (self._plans, self._facts, self._waiting, self._keys):
            each.discard()

    def write_waiting(self) -> None:
        """What could wait until the commit. Keys go in one order everywhere, so that two batches cannot block each
        other, and the chain goes last, because its lock is held until the commit."""
        keys = self._keys.all()
        _INSERT_KEY.put_many(self._connection, [keys[key] for key in sorted(keys)])
        self.outbox.write()
        append_all(self._connection, list(self._facts))

    def note_commit(self) -> None:
        for plan_id in self._plans:
            self._shelf.note_commit(plan_id)
