"""Sends to one person through the Official Account: customer-service message inside the window, template outside.

When to send and what to do after a failure is delivery's business.
"""

import asyncio
import logging
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx

from bot.channel import Abilities, LoadPicture, Outcome, Pace, ReplyWindows, SendError, TokenVault
from bot.channels.wechat.api import Answer, WechatApi
from bot.channels.wechat.render import (
    MAX_TEXT_BYTES,
    list_template_fields,
    render_customer_message,
    render_customer_picture,
    render_template,
)
from bot.channels.wechat.settings import WechatSettings
from routing.messages import Address, Attachment, Kind, Outbound

log = logging.getLogger(__name__)

NAME = "wechat"
MAX_PICTURE_BYTES = 10 * 1024 * 1024
MAX_REMEMBERED = 1000
PICTURE_WITHIN_S = 5.0
"""Delivery gives a whole send fifteen seconds, and the words come first."""
_MEDIA_ID = re.compile(r"[0-9A-Za-z_-]{1,256}")
_SECOND = timedelta(seconds=1)
# The vendor publishes a day's quota (500,000) and no pace; this one spares a burst the minute's limit (45011).
ABILITIES = Abilities(
    has_buttons=True,
    has_pictures=True,
    writes_to_groups=False,
    is_keyed=False,  # only the template is, and only for 10 minutes
    max_bytes=MAX_TEXT_BYTES,
    lane_pace=Pace(20, _SECOND),
    chat_pace=Pace(1, _SECOND),
    group_pace=Pace(1, _SECOND),
)


class WechatChannel:
    """Fulfils `bot.channel.Channel`."""

    def __init__(
        self,
        settings: WechatSettings,
        *,
        tokens: TokenVault,
        windows: ReplyWindows,
        now: Callable[[], datetime],
        client: httpx.AsyncClient | None = None,
        load_picture: LoadPicture | None = None,
    ) -> None:
        self._settings = settings
        self._load_picture = load_picture
        self._windows = windows
        self._now = now
        self.api = WechatApi(settings, tokens=tokens, now=now, client=client)
        self._template_fields: tuple[str, ...] | None = None
        self._counted: dict[str, None] = {}

    @property
    def name(self) -> str:
        return NAME

    @property
    def account(self) -> str:
        return self._settings.app_id

    @property
    def abilities(self) -> Abilities:
        return ABILITIES

    async def send(self, address: Address, message: Outbound, *, key: str) -> str:
        if not await self._may_write(address, key):
            return await self._send_template(address, message, key)
        try:
            answer = await self.api.post(
                "/cgi-bin/message/custom/send", render_customer_message(message, to=address.chat)
            )
        except SendError as error:
            if error.outcome is not Outcome.RETRY_LATER:
                self._counted.pop(key, None)
            if error.outcome is not Outcome.WINDOW_CLOSED or self._settings.template_id is None:
                raise
            return await self._send_template(address, message, key)
        self._counted.pop(key, None)
        if message.pictures:
            await self._add_picture(address, message.pictures[0])
        return _read_id(answer)

    async def _add_picture(self, address: Address, media_id: int) -> None:
        """One, because each is a message that takes its place in the window. The words were shown and stand without it:
        whatever goes wrong, nothing is sent a second time."""
        if self._load_picture is None:
            return
        try:
            async with asyncio.timeout(PICTURE_WITHIN_S):
                if not await self._windows.use(address.lane, address.chat):
                    return
                picture = await self._load_picture(media_id)
                if not picture:
                    raise LookupError(media_id)
                kept = await self.api.upload("/cgi-bin/media/upload", picture, type="image")
                shown = render_customer_picture(str(kept.get("media_id", "")), to=address.chat)
                await self.api.post("/cgi-bin/message/custom/send", shown)
        except (SendError, LookupError, OSError, TimeoutError) as error:
            log.warning("channel=wechat picture=%d not_shown=%s", media_id, type(error).__name__)

    async def fetch(self, attachment: Attachment) -> bytes:
        if attachment.kind is not Kind.IMAGE or not _MEDIA_ID.fullmatch(attachment.handle):
            raise SendError(Outcome.REFUSED, "not a picture of this account")
        return await self.api.download(
            "/cgi-bin/media/get",
            max_bytes=MAX_PICTURE_BYTES,
            content_type="image/",
            media_id=attachment.handle,
        )

    async def check(self) -> str:
        await self.api.get_token()
        return f"Official Account {self.account}: the vendor grants a token; {await self._tell_quota()}"

    async def close(self) -> None:
        await self.api.close()

    async def _may_write(self, address: Address, key: str) -> bool:
        """A message takes its place in the window once, however often its sending is tried."""
        if key in self._counted:
            return True
        if not await self._windows.use(address.lane, address.chat):
            return False
        self._counted[key] = None
        if len(self._counted) > MAX_REMEMBERED:
            del self._counted[next(iter(self._counted))]
        return True

    async def _send_template(self, address: Address, message: Outbound, key: str) -> str:
        template_id = self._settings.template_id
        if template_id is None:
            raise SendError(Outcome.WINDOW_CLOSED, "the reply window is closed and no template is set")
        body = render_template(
            message,
            to=address.chat,
            template_id=template_id,
            fields=await self._find_template_fields(template_id),
            url=message.link.url if message.link else self._settings.public_url,
            key=key,
            now=self._now(),
        )
        return _read_id(await self.api.post("/cgi-bin/message/template/send", body))

    async def _find_template_fields(self, template_id: str) -> tuple[str, ...]:
        """Asked once: which fields a template has is fixed when the account takes it from the vendor's library."""
        if self._template_fields is None:
            answer = await self.api.get("/cgi-bin/template/get_all_private_template")
            self._template_fields = _read_template_fields(answer, template_id)
        return self._template_fields

    async def _tell_quota(self) -> str:
        try:
            answer = await self.api.post(
                "/cgi-bin/openapi/quota/get", {"cgi_path": "/cgi-bin/message/custom/send"}
            )
        except SendError as error:
            return f"its quota is not known ({error.detail})"
        quota = answer.get("quota")
        if not isinstance(quota, dict):
            return "its quota is not known"
        return f"customer-service messages today: {quota.get('used')} of {quota.get('daily_limit')}"


def _read_id(answer: Answer) -> str:
    if "errcode" not in answer:
        raise SendError(Outcome.UNKNOWN, "the answer does not tell what became of the message")
    return str(answer.get("msgid") or "")


def _read_template_fields(answer: Answer, template_id: str) -> tuple[str, ...]:
    templates = answer.get("template_list")
    for template in templates if isinstance(templates, list) else ():
        if isinstance(template, dict) and template.get("template_id") == template_id:
            return list_template_fields(str(template.get("content", "")))
    raise SendError(Outcome.CONFIGURATION, "the account has no template LIREN_WECHAT_TEMPLATE_ID")
