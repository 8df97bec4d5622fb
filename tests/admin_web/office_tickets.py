"""Tickets for tests of pages: reported to the house of a test as somebody at the counter would."""

from datetime import timedelta

from admin_web.ports import NewReport, Role
from app.api_ports import build_ports
from routing import desk as verbs
from routing.callers import Caller
from routing.desk import Desk
from routing.tickets import Ticket
from tests.admin_web.auth.office_house import Browser, OfficeHouse


async def report(
    office: OfficeHouse, text: str, *, node: str = "xingfuli-b1", category: str = "elevator"
) -> int:
    return await build_ports(office.house).report(NewReport(node, text, "office:counter", category))


async def act(office: OfficeHouse, verb: str, number: int, who: str, **words) -> Ticket:
    """As this member of staff."""
    house = office.house
    tree = house.office.current()

    def job(unit):
        desk = Desk(unit, tree, house.reach, house.clock.now())
        return getattr(verbs, verb)(desk, number, Caller(staff=tree.staff[who]), **words)

    return await house.store.writer.run(job)


def wait(office: OfficeHouse, **span: int) -> None:
    """Time goes by and nothing is done."""
    office.house.clock.push(timedelta(**span))


async def staff_browser(office: OfficeHouse, staff_id: str, scope: str = "xingfuli") -> Browser:
    """Somebody of the tree at a desk."""
    office.add(staff_id, Role.STAFF, scope, staff=staff_id)
    browser = office.browser()
    await browser.sign_in(staff_id)
    return await office.with_token(browser)
