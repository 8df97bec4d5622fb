"""The channel as delivery uses it."""

import pytest

from bot.channel import Outcome, SendError
from bot.channels.sandbox.pictures import draw_picture
from bot.channels.sandbox.sender import SandboxChannel
from bot.channels.sandbox.settings import SandboxMode, SandboxSettings, is_on, parse_mode
from routing.messages import Address, Attachment, Button, Kind, Outbound
from tests.bot.channels.sandbox.toy_house import ToyHouse

GROUP = Address("sandbox", "sandbox", "xingfuli-staff")


async def test_a_message_is_shown_with_its_buttons(house: ToyHouse):
    message = Outbound("新工单 #1024", ((Button("认领", "认领 1024"),),))

    reference = await house.channel.send(GROUP, message, key="p1")

    (line,) = await house.windows.list_after(GROUP.chat, after=0, limit=10)
    assert str(line.line_id) == reference
    assert (line.author, line.text, line.buttons) == ("liren", message.text, message.buttons)


async def test_a_second_try_with_the_same_key_shows_nothing_new(house: ToyHouse):
    first = await house.channel.send(GROUP, Outbound("催办"), key="p1")
    second = await ToyHouse(unit=house.unit).channel.send(GROUP, Outbound("催办"), key="p1")

    assert first == second
    assert len(house.unit.sandbox.rows) == 1


async def test_stored_pictures_are_counted_not_shown(house: ToyHouse):
    await house.channel.send(GROUP, Outbound("看图", pictures=(3, 4)), key="p1")

    assert house.unit.sandbox.rows[0].text == "看图\n（附图片 2 张）"


async def test_a_stored_picture_is_shown_below_the_words_once(house: ToyHouse):
    async def load(picture_id: int) -> bytes:
        return draw_picture("lift") if picture_id == 3 else b""

    channel = SandboxChannel(house.windows, house.now, load_picture=load)
    for _ in range(2):
        await channel.send(GROUP, Outbound("看图", pictures=(3, 4)), key="p1")

    words, picture = await house.windows.list_after(GROUP.chat, after=0, limit=10)
    assert (words.text, words.picture, picture.text) == ("看图\n（附图片 1 张）", None, "")
    assert house.windows.pictures.find(picture.picture) == draw_picture("lift")


async def test_a_picture_that_is_gone_is_refused_for_good(house: ToyHouse):
    with pytest.raises(SendError) as refused:
        await house.channel.fetch(Attachment(Kind.IMAGE, "gone"))

    assert refused.value.outcome is Outcome.REFUSED
    assert refused.value.is_permanent


@pytest.mark.parametrize(
    ("mode", "real_channels", "expected"),
    [("auto", 0, True), ("auto", 1, False), ("on", 2, True), ("off", 0, False), ("", 0, True)],
)
def test_the_sandbox_gives_way_to_a_real_channel(mode: str, real_channels: int, expected: bool):
    settings = SandboxSettings(mode=parse_mode(mode))

    assert is_on(settings, real_channels=real_channels) is expected


def test_an_unknown_mode_is_named():
    with pytest.raises(ValueError, match="LIREN_SANDBOX"):
        parse_mode("perhaps")

    assert parse_mode("ON") is SandboxMode.ON
