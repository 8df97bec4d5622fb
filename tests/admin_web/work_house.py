"""The office house with neighbours who have spoken, and a member of staff who comes in by their link."""

import io
import re
from dataclasses import dataclass

import httpx
from PIL import Image

from admin_web.auth.sessions import SessionKind
from bot.channels.sandbox.inbound import Spoken, parse_message
from routing.tickets import Ticket
from tests.admin_web.auth.office_house import Browser, OfficeHouse

NOISE, LANE = "@里仁 楼上半夜一直太吵", "@里仁 消防通道又被堵死了"
HOME, WORKERS = "xingfuli-b1-residents", "xingfuli-staff"


@dataclass
class WorkHouse:
    office: OfficeHouse
    _said: int = 0

    async def says(self, group: str, sender: str, text: str, *, name: str = "1-201") -> None:
        self._said += 1
        inbound = parse_message(
            Spoken(group=group, sender=sender, name=name, text=text),
            key=f"work-{self._said}",
            now=self.office.house.clock.now(),
            picture=None,
            replies_to_bot=False,
        )
        await self.office.house.receive(inbound)
        await self.office.house.postman.finish()

    async def staff_in(self, staff_id: str, *, ticket: int = 0) -> Browser:
        """By the link of a notice."""
        browser = self.office.browser()
        link = self.office.house.links.make_work_link(staff_id, ticket)
        answer = await browser.post("/work/sign-in", key=link.partition("key=")[2])
        assert answer.status_code == 303, answer.text
        assert browser.cookie(SessionKind.WORK)
        assert (await browser.get("/work")).status_code == 200
        browser.csrf = re.search(r'data-csrf="([^"]+)"', (await browser.get("/work")).text)[1]  # type: ignore[index]
        return browser

    async def ticket(self, number: int) -> Ticket:
        return await self.office.house.store.writer.run(lambda unit: unit.tickets.get(number))

    async def story(self, number: int) -> list[tuple[str, str]]:
        found = await self.office.house.store.writer.run(lambda unit: unit.history.list_of(number))
        return [(each.kind.value, each.words) for each in found]


async def send(
    browser: Browser, path: str, *pictures: bytes, accept: str = "text/html", **fields: str
) -> httpx.Response:
    """As a form with a camera is sent."""
    return await browser.client.post(
        path,
        data={"csrf": browser.csrf, **fields},
        files=[("picture", (f"{number}.jpg", each, "image/jpeg")) for number, each in enumerate(pictures)]
        or None,
        headers={"accept": accept, "origin": browser.base_url, "sec-fetch-site": "same-origin"},
    )


def a_photo(side: int = 600, *, kind: str = "JPEG") -> bytes:
    photo = io.BytesIO()
    Image.new("RGB", (side, side // 2), (180, 60, 40)).save(photo, kind)
    return photo.getvalue()
