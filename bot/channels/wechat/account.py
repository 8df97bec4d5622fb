"""What is set up once for an account: its menu and the QR pictures of its scenes. Used by the command line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from bot.channel import Outcome, SendError
from bot.channels.wechat.api import WechatApi

# A key is what a tap says for the person (`inbound`). To report, one simply writes: the help says so.
MENU = (("报事", "帮助"), ("我的", "我的"), ("帮助", "帮助"))
_SCENE = re.compile(r"[0-9A-Za-z_-]{1,64}")
_LONGEST = timedelta(days=30)
_PICTURE = "https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket="


@dataclass(frozen=True, slots=True)
class SceneQr:
    """`url` is what the picture says, for drawing it oneself; `picture_url` is the vendor's own drawing."""

    ticket: str
    url: str

    @property
    def picture_url(self) -> str:
        return f"{_PICTURE}{quote(self.ticket, safe='')}"


async def publish_menu(api: WechatApi) -> None:
    """Replaces the account's menu. People see it within 24 hours, or at once after following anew. Raises SendError."""
    buttons = [{"type": "click", "name": name, "key": key} for name, key in MENU]
    await api.post("/cgi-bin/menu/create", {"button": buttons})


async def create_scene_qr(api: WechatApi, scene: str) -> SceneQr:
    """A permanent one; an account has 100,000 in all. Raises ValueError on a malformed scene, else SendError."""
    return await _create(api, scene, {"action_name": "QR_LIMIT_STR_SCENE"})


async def create_passing_qr(api: WechatApi, scene: str, lasts: timedelta) -> SceneQr:
    """One that ends by itself, after 30 days at most; there may be any number of them. Raises as the other does."""
    seconds = int(min(lasts, _LONGEST).total_seconds())
    return await _create(api, scene, {"expire_seconds": seconds, "action_name": "QR_STR_SCENE"})


async def _create(api: WechatApi, scene: str, kind: Mapping[str, object]) -> SceneQr:
    if not _SCENE.fullmatch(scene):
        raise ValueError("a scene has 1 to 64 letters, digits, _ or -")
    wish = {**kind, "action_info": {"scene": {"scene_str": scene}}}
    answer = await api.post("/cgi-bin/qrcode/create", wish)
    ticket, url = answer.get("ticket"), answer.get("url")
    if not isinstance(ticket, str) or not isinstance(url, str):
        raise SendError(Outcome.RETRY_LATER, "the vendor gave no ticket")
    return SceneQr(ticket, url)
