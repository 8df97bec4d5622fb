import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bot.channel import Answer, NotStoredError, Outcome, SendError
from bot.channels.telegram.callback import MAX_BODY_BYTES, SECRET_HEADER, build_router
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.wording import Me
from routing.messages import Inbound
from tests.bot.channels.telegram.conftest import NOW
from tests.telegram_vendor import SECRET, TOKEN

FIXTURES = Path(__file__).parents[3] / "fixtures" / "telegram"
TEXT = (FIXTURES / "private_text.json").read_bytes()
MENTION = (FIXTURES / "group_mention.json").read_bytes()
TAP = (FIXTURES / "tap_in_group.json").read_bytes()


class House:
    """The other side of the callback: what it stored and acknowledged, and whether it can."""

    def __init__(self) -> None:
        self.stored: list[Inbound] = []
        self.happened: list[str] = []
        self.refused: list[str] = []
        self.is_full = False
        self.knows_itself = True

    async def receive(self, inbound: Inbound) -> Answer:
        if self.is_full:
            raise NotStoredError
        self.stored.append(inbound)
        self.happened.append("stored")
        return Answer()

    async def acknowledge(self, tap_id: str, text: str) -> None:
        self.happened.append(f"acknowledged {tap_id}{text}")

    async def me(self) -> Me:
        if not self.knows_itself:
            raise SendError(Outcome.RETRY_LATER, "no connection")
        return Me(123456, "liren_bot")

    def app(self, settings: TelegramSettings) -> FastAPI:
        app = FastAPI()
        app.include_router(
            build_router(
                settings,
                self.receive,
                answer=self.acknowledge,
                me=self.me,
                now=lambda: NOW,
                on_refused=self.refused.append,
            )
        )
        return app


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
async def telegram(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with client(house, TelegramSettings(TOKEN, SECRET)) as telegram:
        yield telegram


def client(house: House, settings: TelegramSettings) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(house.app(settings)),
        base_url="http://liren.example",
        headers={SECRET_HEADER: SECRET},
    )


async def post(telegram: httpx.AsyncClient, body: bytes) -> int:
    response = await telegram.post("/callback/telegram", content=body)
    return response.status_code


async def test_message_is_stored_before_the_200(telegram: httpx.AsyncClient, house: House) -> None:
    response = await telegram.post("/callback/telegram", content=TEXT)

    assert (response.status_code, response.content) == (200, b"")
    assert [inbound.text for inbound in house.stored] == ["1栋2单元电梯坏了，老人下不了楼"]


@pytest.mark.parametrize(
    "secret", [b"", b"wrong", b"nobodys-secret_", b"nobodys-secret_12", "密码".encode(), b"\xff\xfe"]
)
async def test_wrong_secret_is_turned_away(telegram: httpx.AsyncClient, house: House, secret: bytes) -> None:
    response = await telegram.post("/callback/telegram", content=TEXT, headers={SECRET_HEADER: secret})

    assert response.status_code == 401
    assert house.stored == []
    assert house.refused == ["secret"]


async def test_missing_secret_is_turned_away(telegram: httpx.AsyncClient, house: House) -> None:
    del telegram.headers[SECRET_HEADER]

    assert await post(telegram, TEXT) == 401
    assert house.refused == ["secret"]


async def test_without_a_secret_of_our_own_nobody_comes_in(house: House) -> None:
    async with client(house, TelegramSettings(TOKEN, mode="polling")) as telegram:
        assert await post(telegram, TEXT) == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
    ],
    ids=["empty", "cut", "list", "null", "bytes", "deep"],
)
async def test_what_is_no_update_is_refused_and_counted(
    telegram: httpx.AsyncClient, house: House, body: bytes
) -> None:
    assert await post(telegram, body) == 400
    assert house.refused == ["update"]
    assert house.stored == []


@pytest.mark.parametrize(
    "body",
    [
        b'{"update_id": "one"}',
        b'{"update_id": 1, "message": {"text": "1"}}',
        b'{"update_id": 1, "callback_query": []}',
        TEXT.replace(b"1764064316", b'"9999-12-31T23:59:59-10:00"'),
    ],
    ids=["number", "message", "tap", "date"],
)
async def test_a_misshapen_update_is_counted_and_does_not_come_again(
    telegram: httpx.AsyncClient, house: House, body: bytes
) -> None:
    assert await post(telegram, body) == 200
    assert house.refused == ["misshapen"]
    assert house.stored == []


@pytest.mark.parametrize("name", ["reaction", "kind_of_tomorrow", "channel_post", "group_new_title"])
async def test_what_we_do_not_read_is_taken_and_left(
    telegram: httpx.AsyncClient, house: House, name: str
) -> None:
    assert await post(telegram, (FIXTURES / f"{name}.json").read_bytes()) == 200
    assert (house.stored, house.refused) == ([], [])


@pytest.mark.parametrize(("size", "status"), [(MAX_BODY_BYTES, 200), (MAX_BODY_BYTES + 1, 413)])
async def test_body_has_one_mebibyte_at_most_however_it_comes(
    telegram: httpx.AsyncClient, house: House, size: int, status: int
) -> None:
    async def trickle() -> AsyncIterator[bytes]:
        yield TEXT
        for start in range(len(TEXT), size, 4096):
            yield b" " * min(4096, size - start)

    response = await telegram.post("/callback/telegram", content=trickle())

    assert response.status_code == status
    assert len(house.stored) == (status == 200)
    assert house.refused == ([] if status == 200 else ["size"])


async def test_what_is_not_stored_is_asked_for_again(telegram: httpx.AsyncClient, house: House) -> None:
    house.is_full = True
    first = await post(telegram, TAP)
    house.is_full = False
    second = await post(telegram, TAP)

    assert (first, second) == (503, 200)
    assert house.happened == ["stored", "acknowledged 4382bfdwdsb323b2d9"]
    assert house.refused == []


async def test_mention_waits_until_the_bot_knows_its_name(telegram: httpx.AsyncClient, house: House) -> None:
    house.knows_itself = False
    private, mention = await post(telegram, TEXT), await post(telegram, MENTION)
    house.knows_itself = True
    again = await post(telegram, MENTION)

    assert (private, mention, again) == (200, 503, 200)
    assert [inbound.addressed for inbound in house.stored] == [True, True]


async def test_only_post_is_served(telegram: httpx.AsyncClient) -> None:
    assert (await telegram.get("/callback/telegram")).status_code == 405


async def test_no_mutation_of_an_update_is_a_fault_of_ours(telegram: httpx.AsyncClient, house: House) -> None:
    statuses = set()
    for name in ("group_mention", "private_photo", "tap_in_topic", "group_left", "private_edited_text"):
        update = json.loads((FIXTURES / f"{name}.json").read_bytes())
        for changed in mutations(update):
            statuses.add(await post(telegram, json.dumps(changed).encode()))

    assert statuses == {200}
    assert set(house.refused) == {"misshapen"}


def mutations(value: object) -> list[object]:
    """Each field in turn gone, null, or of another type."""
    if isinstance(value, list):
        return [[one] for one in (mutations(value[0]) if value else [])]
    if not isinstance(value, dict):
        return []
    found: list[object] = []
    for name in value:
        rest = {other: value[other] for other in value if other != name}
        found.append(rest)
        found.extend({**rest, name: odd} for odd in (None, -1, 2**70, "", "\x00", [], {}, True))
        found.extend({**rest, name: inner} for inner in mutations(value[name]))
    return found
