"""Hands the pages on a phone what they are made of: the store's readers, its writer, and pictures."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast

from fastapi import APIRouter

from admin_web.auth.building import Auth
from admin_web.office import Office
from admin_web.pages import work
from admin_web.ports import ApiPorts, TicketFile
from admin_web.ticket_desk import TicketDesk
from admin_web.work_desk import WorkDesk
from admin_web.work_ports import BadPicture, Beside, PictureNote, StoredPicture, WorkList, WorkUnit
from app.readers import EVERYTHING, in_thread, or_unavailable
from app.wiring import House
from routing.messages import BY_STAFF, Address, Attachment, Kind
from routing.people import Person
from storage.media import MEDIA_TYPE, BadPictureError, reencode, shrink
from storage.pictures import PictureState
from storage.queries.work import PictureNote as StoredNote
from storage.queries.work import WorkReads
from storage.store import Store
from storage.writing.unit_of_work import Unit

T = TypeVar("T")
CHANNEL = BY_STAFF


@dataclass(frozen=True, slots=True)
class StoredWork:
    """Fulfils `admin_web.work_ports.WorkStore`. `on_done` rings whoever sends what follows."""

    store: Store
    reads: WorkReads
    on_done: Callable[[], None]

    async def list_work(self, staff_id: str, group_ids: Sequence[str]) -> WorkList:
        def read() -> WorkList:
            numbers = self.reads.list_numbers(staff_id, group_ids)
            files = self.store.reads.tickets.list_of([*numbers.held, *numbers.free])
            found = {each.ticket.number: each.ticket for each in files}
            return WorkList(
                [found[each] for each in numbers.held if each in found],
                [found[each] for each in numbers.free if each in found],
            )

        return await in_thread(read)

    async def find(self, number: int) -> TicketFile | None:
        found = await in_thread(lambda: self.store.reads.tickets.find(number, scope=EVERYTHING))
        return TicketFile(found.ticket, found.events, found.messages) if found else None

    async def look_beside(self, number: int) -> Beside:
        def read() -> Beside:
            pictures = [_note(each) for each in self.reads.list_pictures(number)]
            return Beside(self.reads.list_homes(number), pictures)

        return await in_thread(read)

    async def find_picture(self, picture_id: int) -> StoredPicture | None:
        found = await in_thread(lambda: self.reads.find_picture(picture_id))
        return StoredPicture(found[0], found[1].media_type, found[1].content) if found else None

    async def run(self, job: Callable[[WorkUnit], T]) -> T:
        result = await or_unavailable(self.store.writer.run(job))
        self.on_done()
        return result

    def keep_picture(self, unit: WorkUnit, number: int, content: bytes, *, by: str, now: datetime) -> None:
        own = cast(Unit, unit)  # `run` hands no other
        person = own.people.find(CHANNEL, CHANNEL, by) or own.people.add(
            Person(person_id=0, channel=CHANNEL, account=CHANNEL, user=by)
        )
        picture_id = own.pictures.want(
            Attachment(Kind.IMAGE, ""),
            address=Address(CHANNEL, CHANNEL, by),
            ticket_number=number,
            person_id=person.person_id,
            now=now,
        )
        own.pictures.keep(picture_id, content, media_type=MEDIA_TYPE)

    async def encode(self, content: bytes) -> bytes:
        try:
            return await asyncio.to_thread(reencode, content)
        except BadPictureError as error:
            raise BadPicture from error

    async def shrink(self, content: bytes) -> bytes:
        return await asyncio.to_thread(shrink, content)


def build_work_pages(office: Office, auth: Auth, house: House, ports: ApiPorts) -> APIRouter:
    store = StoredWork(house.store, WorkReads(house.store.reading_engine), house.postman.ring)
    return work.build_router(office, auth, WorkDesk(ports, store), TicketDesk(ports))


def _note(row: StoredNote) -> PictureNote:
    staff_id = row.user if row.channel == CHANNEL else None
    return PictureNote(row.picture_id, row.at, staff_id, row.state is PictureState.KEPT)
