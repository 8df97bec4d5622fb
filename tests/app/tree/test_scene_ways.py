"""What a printed picture says: a deep link of Telegram, or a QR of the Official Account that is asked for once."""

from datetime import timedelta
from pathlib import Path

from app.doors.door import Door
from app.doors.telegram import DeepLinks
from app.doors.wechat import SceneQrs
from app.tree.scene_ways import SceneWays
from bot.channel import Outcome, SendError
from bot.channels.telegram.wording import Me
from storage.store import open_store
from tests.bot.channels.wechat.stand_in import StandIn, a_channel, said
from tests.stories.story_clock import StoryClock

QR = "/cgi-bin/qrcode/create"
DAY = timedelta(days=1)


class Bot:
    """A Telegram account that says its name, or does not answer."""

    name, account = "telegram", "1"

    def __init__(self, *, answers: bool = True) -> None:
        self.answers = answers

    async def me(self) -> Me:
        if not self.answers:
            raise SendError(Outcome.RETRY_LATER, "no answer")
        return Me(1, "liren_bot")


def ways(channel, links) -> SceneWays:
    return SceneWays([Door(channel, None, None, links)])


async def test_telegram_has_deep_links():
    bot = Bot()
    telegram = ways(bot, DeepLinks(bot))

    assert telegram.channels == ("telegram",)
    assert await telegram.find_lasting("telegram", "b1") == "https://t.me/liren_bot?start=b1"
    assert await telegram.find_passing("telegram", "bind-7K", DAY) == "https://t.me/liren_bot?start=bind-7K"


async def test_a_vendor_that_does_not_answer_gives_no_link():
    bot = Bot(answers=False)

    assert await ways(bot, DeepLinks(bot)).find_lasting("telegram", "b1") is None
    assert await ways(bot, DeepLinks(bot)).find_passing("telegram", "b1", DAY) is None


async def test_a_channel_without_such_links_has_none():
    bot = Bot()

    assert ways(bot, None).channels == ()
    assert await ways(bot, None).find_lasting("telegram", "b1") is None


async def test_a_lasting_picture_of_wechat_is_asked_for_once(sqlite_url: str, tmp_path: Path):
    store = open_store(sqlite_url, now=StoryClock().now)
    store.upgrade()
    stand_in = StandIn(replies={QR: said({"ticket": "t", "url": "http://weixin.qq.com/q/02invented"})})
    channel = a_channel(stand_in)
    wechat = ways(channel, SceneQrs(channel, store, "wx1"))

    said_urls = {await wechat.find_lasting("wechat", "b1") for _ in range(3)}

    assert said_urls == {"http://weixin.qq.com/q/02invented"}
    assert stand_in.calls.count(QR) == 1
    await store.close()
