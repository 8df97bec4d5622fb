"""A vendor that hangs, hangs up, breaks off or shows a wrong certificate, on real sockets of this machine."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.channel import Outcome, SendError
from bot.channels.wechat.api import STEP_S, WechatApi
from tests.bot.channels.wechat.front_door import NOON, a_vendor, settings_for
from tests.bot.channels.wechat.stand_in import SECRET, Vault

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
SEND = "/cgi-bin/message/custom/send"


async def hang(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def hang_up(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    return


async def reset(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def break_off(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"errcode"')
    await writer.drain()


async def babble(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"no HTTP at all\r\n\r\n")
    await writer.drain()


async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
    await writer.drain()
    await asyncio.Event().wait()


@asynccontextmanager
async def vendor_that(behave: Behaviour, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Reads the whole head of a request first, so that the request was sent whatever happens then. Gives the port."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await behave(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            return  # the client hung up first
        finally:
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(serve(reader, writer))
        tasks.add(task)

    server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # one turn, in which the transports let go of their sockets


@asynccontextmanager
async def api_at(address: str, *, has_token: bool, total_s: float = 0.3) -> AsyncIterator[WechatApi]:
    vault = Vault()
    if has_token:
        await vault.store("", "canary-token", expires_at=NOON + timedelta(hours=2))
    settings = settings_for(a_vendor(), api_base=address, app_secret=SECRET)
    api = WechatApi(settings, tokens=vault, now=lambda: NOON, total_s=total_s)
    yield api
    await api.close()


async def outcome_of(api: WechatApi) -> Outcome:
    # Shorter than httpx waits for a next byte: the bound on the whole call must be what ends it.
    with pytest.raises(SendError) as error:
        async with asyncio.timeout(STEP_S - 1):
            await api.post(SEND, {"touser": "oResident1"})
    assert "canary" not in f"{error.value} {error.value.__context__!r}"
    return error.value.outcome


@pytest.mark.parametrize("behave", [hang, hang_up, reset, break_off, babble, drip])
async def test_message_that_was_sent_without_an_answer_is_unknown(behave: Behaviour):
    async with vendor_that(behave) as port, api_at(f"http://127.0.0.1:{port}", has_token=True) as api:
        assert await outcome_of(api) is Outcome.UNKNOWN


@pytest.mark.parametrize("behave", [hang, hang_up, reset, break_off, babble, drip])
async def test_token_that_is_not_granted_means_that_nothing_was_sent(behave: Behaviour):
    async with vendor_that(behave) as port, api_at(f"http://127.0.0.1:{port}", has_token=False) as api:
        assert await outcome_of(api) is Outcome.RETRY_LATER


@pytest.mark.parametrize("behave", [hang, reset])
async def test_question_without_an_answer_may_be_asked_again(behave: Behaviour):
    async with vendor_that(behave) as port, api_at(f"http://127.0.0.1:{port}", has_token=True) as api:
        with pytest.raises(SendError) as error:
            await api.get("/cgi-bin/template/get_all_private_template")

    assert error.value.outcome is Outcome.RETRY_LATER


async def test_vendor_that_is_down_is_tried_later():
    async with vendor_that(hang) as port:
        pass

    async with api_at(f"http://127.0.0.1:{port}", has_token=True, total_s=8) as api:
        assert await outcome_of(api) is Outcome.RETRY_LATER


async def test_certificate_of_nobody_is_refused_before_anything_is_sent(tmp_path: Path):
    async with (
        vendor_that(hang, self_signed(tmp_path)) as port,
        api_at(f"https://127.0.0.1:{port}", has_token=True, total_s=8) as api,
    ):
        assert await outcome_of(api) is Outcome.RETRY_LATER


def self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "self-signed.pem"
    path.write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
