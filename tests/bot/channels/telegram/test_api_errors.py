import asyncio
import logging
import ssl
import traceback
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from bot.channel import Outcome
from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.settings import TelegramSettings
from routing.messages import Outbound
from tests.bot.channels.telegram.cast import PERSON, fails
from tests.bot.channels.telegram.conftest import NOW, load_picture
from tests.telegram_vendor import (
    TOKEN,
    Fault,
    TelegramVendor,
    answers,
    bad_request,
    flood,
    forbidden,
    hang,
    migrated,
    page,
    reset,
)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (forbidden(), Outcome.RECIPIENT_GONE),
        (forbidden("bot was kicked from the supergroup chat"), Outcome.RECIPIENT_GONE),
        (forbidden("user is deactivated"), Outcome.RECIPIENT_GONE),
        (bad_request("chat not found"), Outcome.RECIPIENT_GONE),
        (bad_request("PEER_ID_INVALID"), Outcome.RECIPIENT_GONE),
        (bad_request("not enough rights to send text messages to the chat"), Outcome.RECIPIENT_GONE),
        (bad_request("message is too long"), Outcome.REFUSED),
        (bad_request("MESSAGE_EMPTY"), Outcome.REFUSED),
        (answers(401, "Unauthorized"), Outcome.CONFIGURATION),
        (answers(404, "Not Found"), Outcome.CONFIGURATION),
        (answers(409, "Conflict"), Outcome.RETRY_LATER),
        (answers(413, "Request Entity Too Large"), Outcome.REFUSED),
        (answers(429, "Too Many Requests"), Outcome.RETRY_LATER),
        (answers(418, "I'm a teapot"), Outcome.REFUSED),
        (answers(500, "Internal Server Error"), Outcome.RETRY_LATER),
        (answers(500, "Internal Server Error: restart"), Outcome.RETRY_LATER),
        (Fault(status=500, body='{"ok": false}'), Outcome.RETRY_LATER),
        (page(502), Outcome.RETRY_LATER),
        (page(504), Outcome.UNKNOWN),
        (page(429), Outcome.RETRY_LATER),
        (page(413), Outcome.REFUSED),
        (page(403), Outcome.CONFIGURATION),
        (page(200), Outcome.UNKNOWN),
        (Fault(status=200, body='{"ok": true, "result": {"message_'), Outcome.UNKNOWN),
        (reset(), Outcome.UNKNOWN),
    ],
)
async def test_failure_has_its_outcome_and_the_next_message_goes_out(
    channel: TelegramChannel,
    vendor: TelegramVendor,
    fault: Fault,
    outcome: Outcome,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    vendor.will("sendMessage", fault)

    error = await fails(channel)

    assert error.outcome is outcome
    assert TOKEN not in "".join(traceback.format_exception(error)) + error.detail + caplog.text
    assert (await channel.send(PERSON, Outbound("下一条"), key="k2")).startswith("510001:")


async def test_flood_control_says_how_long(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    vendor.will("sendMessage", flood(7))

    error = await fails(channel)

    assert (error.outcome, error.retry_after) == (Outcome.RETRY_LATER, timedelta(seconds=7))


async def test_migrated_group_tells_its_new_id(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    vendor.will("sendMessage", migrated(-1009999))

    error = await fails(channel)

    assert (error.outcome, error.moved_to) == (Outcome.RETRY_LATER, "-1009999")


async def test_silence_after_the_request_is_unknown(vendor: TelegramVendor) -> None:
    hasty = TelegramChannel(
        vendor.settings(),
        load_picture=load_picture,
        now=lambda: NOW,
        call_within=timedelta(seconds=1),
    )
    vendor.will("sendMessage", hang())

    error = await fails(hasty)
    await hasty.close()

    assert error.outcome is Outcome.UNKNOWN
    assert len(vendor.shown) == 1


async def test_nobody_at_the_address_is_tried_again_later() -> None:
    async with TelegramVendor() as gone:
        settings = gone.settings()
    channel = TelegramChannel(settings, load_picture=load_picture, now=lambda: NOW)

    error = await fails(channel)
    await channel.close()

    assert error.outcome is Outcome.RETRY_LATER
    assert TOKEN not in "".join(traceback.format_exception(error)) + error.detail


async def test_server_that_nobody_vouches_for_hears_nothing(tmp_path: Path) -> None:
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(1))
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0, ssl=self_signed(tmp_path))
    port = server.sockets[0].getsockname()[1]
    settings = TelegramSettings(TOKEN, api_base=f"https://127.0.0.1:{port}", mode="polling")
    channel = TelegramChannel(settings, load_picture=load_picture, now=lambda: NOW)

    error = await fails(channel)
    await channel.close()
    server.close()

    assert error.outcome is Outcome.CONFIGURATION
    assert b"".join(heard) == b""


def self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


async def test_odd_answer_to_a_message_that_was_shown_is_a_success(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    vendor.will(
        "sendMessage", Fault(status=200, body='{"ok": true, "result": {"message_id": 5, "date": "?"}}')
    )

    assert await channel.send(PERSON, Outbound("好"), key="k1") == "510001:5"
