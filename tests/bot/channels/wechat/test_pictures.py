"""Pictures that a person sent: fetched from the vendor alone, bounded, and nothing but pictures."""

import pytest
from fastapi import Response

from bot.channel import Outcome, SendError
from bot.channels.wechat.sender import MAX_PICTURE_BYTES
from routing.messages import Attachment, Kind
from tests.bot.channels.wechat.stand_in import PICTURE, StandIn, a_channel, said

TOKEN = "/cgi-bin/stable_token"
MEDIA = "/cgi-bin/media/get"
IMAGE = Attachment(Kind.IMAGE, "Xq3_5nM0p-Invented-picture")


async def failed_fetch(stand_in: StandIn, attachment: Attachment = IMAGE) -> SendError:
    with pytest.raises(SendError) as error:
        await a_channel(stand_in).fetch(attachment)
    return error.value


async def test_picture_is_fetched():
    assert await a_channel(StandIn()).fetch(IMAGE) == PICTURE


async def test_picture_of_a_vendor_that_refuses_every_token_is_asked_for_twice():
    stand_in = StandIn(refuses_all_tokens=True)

    assert (await failed_fetch(stand_in)).outcome is Outcome.RETRY_LATER
    assert stand_in.calls == [TOKEN, MEDIA, TOKEN, MEDIA]


async def test_picture_is_fetched_with_a_new_token_where_the_old_one_died():
    stand_in = StandIn(dead={"canary-token-0"})

    assert await a_channel(stand_in).fetch(IMAGE) == PICTURE
    assert stand_in.calls == [TOKEN, MEDIA, TOKEN, MEDIA]


@pytest.mark.parametrize(
    ("size", "is_taken"),
    [(MAX_PICTURE_BYTES, True), (MAX_PICTURE_BYTES + 1, False)],
    ids=["10 MiB", "one more"],
)
async def test_picture_has_a_size(size: int, is_taken: bool):
    stand_in = StandIn(replies={MEDIA: Response(b"\xff" * size, media_type="image/jpeg")})

    if is_taken:
        assert len(await a_channel(stand_in).fetch(IMAGE)) == size
    else:
        assert (await failed_fetch(stand_in)).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (said({"errcode": 40007, "errmsg": "invalid media_id"}), Outcome.REFUSED),
        (said({"errcode": 45009, "errmsg": "quota"}), Outcome.RETRY_LATER),
        (Response(b"<html>", media_type="text/html"), Outcome.REFUSED),
        (
            Response(b"", status_code=302, headers={"Location": "http://stand-in/cgi-bin/steal"}),
            Outcome.CONFIGURATION,
        ),
        (Response(b"", status_code=503), Outcome.RETRY_LATER),
    ],
)
async def test_what_is_no_picture_is_not_taken(reply: Response, outcome: Outcome):
    stand_in = StandIn(replies={MEDIA: reply})

    assert (await failed_fetch(stand_in)).outcome is outcome
    assert stand_in.calls == [TOKEN, MEDIA]


@pytest.mark.parametrize(
    "attachment",
    [
        Attachment(Kind.VOICE, "Xq3_5nM0p"),
        Attachment(Kind.IMAGE, "http://169.254.169.254/"),
        Attachment(Kind.IMAGE, "a&access_token=b"),
        Attachment(Kind.IMAGE, ""),
    ],
)
async def test_what_is_no_media_id_is_not_asked_for(attachment: Attachment):
    stand_in = StandIn()

    assert (await failed_fetch(stand_in, attachment)).outcome is Outcome.REFUSED
    assert stand_in.calls == []
