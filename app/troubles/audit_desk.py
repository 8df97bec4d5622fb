"""The audit log on this store: searched and read in threads, exported piece by piece, its chain watched."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from admin_web.audit_ports import AuditSearch, ChainProgress, ChainRecord, LogPage, LogRow
from app.readers import in_thread, or_unavailable
from app.troubles.chain_watch import ChainWatch
from app.wiring import House
from storage.queries.audit import AuditReads, StoredRow

EXPORTED = "audit.exported"


@dataclass(frozen=True, slots=True)
class HouseAudit:
    """Fulfils `admin_web.audit_ports.AuditDesk`."""

    house: House
    reads: AuditReads
    watch: ChainWatch

    async def search(self, wanted: AuditSearch, *, below: int | None, limit: int) -> LogPage:
        found = await in_thread(lambda: self.reads.search(wanted, below=below, limit=limit))
        return LogPage([_row(each) for each in found.rows], found.older)

    async def each(self, wanted: AuditSearch) -> AsyncIterator[Sequence[LogRow]]:
        pieces = self.reads.each(wanted)
        while (piece := await in_thread(lambda: next(pieces, None))) is not None:
            yield [_row(each) for each in piece]

    async def note_export(self, wanted: AuditSearch, *, form: str, by: str) -> None:
        content = {"form": form, "wanted": json.loads(json.dumps(_narrowed(wanted), default=_as_text))}
        now = self.house.clock.now()
        await or_unavailable(
            self.house.store.writer.run(
                lambda unit: unit.audit.append(EXPORTED, subject="audit", by=by, content=content, at=now)
            )
        )

    async def name_accounts(self) -> Mapping[str, str]:
        books = self.house.store.reads.accounts
        accounts = await in_thread(lambda: books.read(lambda kept: kept.accounts.list_all()))
        return {f"account:{each.account_id}": each.name for each in accounts}

    async def chain(self) -> ChainRecord:
        return await self.watch.look()

    def begin_check(self, by: str) -> bool:
        return self.watch.begin_whole(by)

    def progress(self) -> ChainProgress | None:
        return self.watch.progress


def _narrowed(wanted: AuditSearch) -> dict[str, object]:
    """What was asked for; whose places they are follows from whose export it is."""
    asked = {name: value for name, value in asdict(wanted).items() if name != "scope"}
    return {name: value for name, value in asked.items() if value not in (None, "", ())}


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _row(row: StoredRow) -> LogRow:
    return LogRow(*(getattr(row, name) for name in LogRow.__slots__))
