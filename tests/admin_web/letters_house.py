"""An office with tickets, and letters about them that did not arrive, each as a test needs it."""

from datetime import timedelta

from admin_web.ports import EVERYTHING, NewReport
from app.api_ports import build_ports
from routing.messages import Address
from routing.notice_kinds import Hearer, Notice, NoticeKind
from tests.admin_web.auth.office_house import OfficeHouse

OLD_CHAT = Address("telegram", "123456", "-1001001")
"""A chat that the group no longer has."""

PROPERTY = Hearer.group("xingfuli-property")
_LEASE = timedelta(seconds=30)


async def report(office: OfficeHouse, node: str = "xingfuli-b1", text: str = "3单元电梯又不动了") -> int:
    """The number of the ticket that somebody's words became; its notices wait to be sent."""
    return await build_ports(office.house).report(NewReport(node, text, by="hotline"))


def chat_of(group: str) -> Address:
    return Address("sandbox", "sandbox", group)


def lose(
    office: OfficeHouse,
    number: int,
    detail: str = "",
    *,
    hearer: Hearer = PROPERTY,
    address: Address | None = None,
    kind: NoticeKind = NoticeKind.ASKED,
) -> int:
    """The id of a letter about the ticket that was given up with this detail; without an address it had no way."""
    house, now = office.house, office.house.clock.now()
    run = house.store.writer.run_now
    notice = Notice(kind, hearer, number, 1, urgent=True)
    run(lambda unit: unit.outbox.add(notice, [address] if address else [], now=now))
    if address is not None:
        run(lambda unit: _bury(unit, address.lane, detail, now))
    return house.store.reads.outbox.list_page(EVERYTHING, limit=1)[0].parcel_id


def _bury(unit, lane: str, detail: str, now) -> None:
    newest = max(
        unit.parcels.take(lane, owner="test", now=now, lasts=_LEASE, limit=1000),
        key=lambda each: each.parcel_id,
    )
    unit.parcels.bury(newest.parcel_id, owner="test", detail=detail, now=now)
    unit.parcels.take_over(now)


def states(office: OfficeHouse) -> dict[int, str]:
    """The state of each letter that is still trouble."""
    found = office.house.store.reads.outbox.list_page(EVERYTHING, limit=100)
    return {each.parcel_id: each.state.value for each in found}
