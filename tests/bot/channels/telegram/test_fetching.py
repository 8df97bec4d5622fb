import pytest

from bot.channel import Outcome, SendError
from bot.channels.telegram.sender import MAX_FILE_BYTES, TelegramChannel
from routing.messages import Attachment, Kind
from tests.telegram_vendor import (
    Fault,
    TelegramVendor,
    reset,
)

PHOTO = Attachment(Kind.IMAGE, "AgAC_x")


async def test_picture_is_fetched(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    vendor.add_file("AgAC_x", b"jpeg" * 100_000)

    assert await channel.fetch(PHOTO) == b"jpeg" * 100_000


@pytest.mark.parametrize(("size", "is_taken"), [(MAX_FILE_BYTES, True), (MAX_FILE_BYTES + 1, False)])
async def test_picture_has_ten_mebibytes_at_most(
    channel: TelegramChannel, vendor: TelegramVendor, size: int, is_taken: bool
) -> None:
    # The size is not announced, so that only counting can tell.
    vendor.add_file("AgAC_x", bytes(size))
    vendor.will(
        "getFile",
        Fault(
            status=200,
            body='{"ok": true, "result": {"file_id": "AgAC_x", "file_unique_id": "AQAD",'
            ' "file_path": "photos/file_1.jpg"}}',
        ),
    )

    if is_taken:
        assert len(await channel.fetch(PHOTO)) == size
        return
    with pytest.raises(SendError) as caught:
        await channel.fetch(PHOTO)
    assert caught.value.outcome is Outcome.REFUSED


async def test_announced_size_is_enough_to_refuse(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    vendor.add_file("AgAC_x", bytes(MAX_FILE_BYTES + 1))

    with pytest.raises(SendError, match="more than"):
        await channel.fetch(PHOTO)


@pytest.mark.parametrize(
    "path",
    ["../../etc/passwd", "/var/lib/tg/file.jpg", "photos/../x", "http://127.0.0.1/x", "a?b", "a b", ""],
)
async def test_path_that_leads_elsewhere_is_refused(
    channel: TelegramChannel, vendor: TelegramVendor, path: str
) -> None:
    vendor.add_file("AgAC_x", b"x", path=path)

    with pytest.raises(SendError) as caught:
        await channel.fetch(PHOTO)

    assert caught.value.outcome is Outcome.REFUSED


async def test_unknown_file_is_refused_and_silence_is_asked_again(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    with pytest.raises(SendError) as refused:
        await channel.fetch(PHOTO)
    vendor.will("getFile", reset())
    with pytest.raises(SendError) as silent:
        await channel.fetch(PHOTO)

    assert (refused.value.outcome, silent.value.outcome) == (Outcome.REFUSED, Outcome.RETRY_LATER)
