"""Pictures that a person sent: fetched from the vendor alone, bounded, and nothing but pictures."""

import pytest
from fastapi import Response

from bot.channel import Outcome, SendError
from bot.channels.wechat.sender import MAX_PICTURE_BYTES
from routing.messages import Attachment, Kind, Outbound
from tests.bot.channels.wechat.stand_in import PICTURE, RESIDENT, Ledger, StandIn, a_channel, said

TOKEN = "/cgi-bin/stable_token"
MEDIA = "/cgi-bin/media/get"
UPLOAD = "/cgi-bin/media/upload"
SEND = "/cgi-bin/message/custom/send"
SOLVED = Outbound("您报的 #1024 已办结：换了阀门", pictures=(7, 8))
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


# --- pictures that staff took, for the reporter ---------------------------------------------------------------------


async def load(picture_id: int) -> bytes:
    return PICTURE if picture_id == 7 else b""


async def test_a_picture_follows_the_words_and_takes_its_own_place_in_the_window():
    stand_in, ledger = StandIn(), Ledger()

    await a_channel(stand_in, ledger=ledger, load_picture=load).send(RESIDENT, SOLVED, key="k1")

    words, picture = stand_in.shown
    assert words["text"] == {"content": SOLVED.text}
    assert picture == {"touser": "oResident1", "msgtype": "image", "image": {"media_id": "Invented_media-1"}}
    assert b'name="media"; filename="picture.jpg"' in stand_in.bodies[2]
    assert PICTURE in stand_in.bodies[2]
    assert len(ledger.asked) == 2


@pytest.mark.parametrize("codes", [[0, 40004], [0, 0, 45015], [0, 0, -1]])
async def test_words_that_were_shown_are_not_said_again_for_a_picture_s_sake(codes: list[int]):
    stand_in = StandIn(codes=codes)

    await a_channel(stand_in, load_picture=load).send(RESIDENT, SOLVED, key="k1")

    assert [each["msgtype"] for each in stand_in.shown] == ["text"]


async def test_words_stand_alone_where_there_is_no_room_or_no_picture():
    full, gone = StandIn(), StandIn()

    await a_channel(full, ledger=Ledger(left=1), load_picture=load).send(RESIDENT, SOLVED, key="k1")
    await a_channel(gone, load_picture=load).send(RESIDENT, Outbound("已办结", pictures=(8,)), key="k1")

    assert UPLOAD not in full.calls + gone.calls
    assert (full.calls.count(SEND), gone.calls.count(SEND)) == (1, 1)


async def test_a_new_token_is_taken_for_the_picture_as_for_words():
    stand_in = StandIn(dead={"canary-token-1"})
    channel = a_channel(stand_in, load_picture=load)
    await channel.send(RESIDENT, Outbound("好"), key="k0")
    stand_in.dead = {"canary-token-0"}

    await channel.send(RESIDENT, SOLVED, key="k1")

    assert [each["msgtype"] for each in stand_in.shown] == ["text", "text", "image"]
