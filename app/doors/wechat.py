"""The Official Account's door: encrypted callbacks in, customer-service messages out."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter

from app.clock import Clock
from app.doors.door import Door, OnRefused
from app.ledgers import Tokens, Windows
from app.settings import Settings
from app.stored_pictures import picture_loader
from bot.channel import Receive
from bot.channels.wechat.account import create_passing_qr, create_scene_qr
from bot.channels.wechat.callback import build_router
from bot.channels.wechat.sender import WechatChannel
from storage.store import Store


@dataclass(frozen=True, slots=True)
class SceneQrs:
    """Fulfils `SceneLinks`. An account has 100,000 lasting ones in all, so that each is asked for once and kept."""

    channel: WechatChannel
    store: Store
    app_id: str

    async def make_lasting(self, scene: str) -> str:
        name = f"wechat qr {self.app_id} {scene}"
        known = await self.store.writer.run(lambda unit: unit.settings.find(name))
        if known is not None:
            return known
        url = (await create_scene_qr(self.channel.api, scene)).url
        await self.store.writer.run(lambda unit: unit.settings.put(name, url))
        return url

    async def make_passing(self, scene: str, lasts: timedelta) -> str:
        return (await create_passing_qr(self.channel.api, scene, lasts)).url


def open_door(settings: Settings, store: Store, clock: Clock, *, owner: str) -> Door:
    """Raises ValueError when WeChat is not configured."""
    wechat = settings.wechat
    if wechat is None:
        raise ValueError("WeChat is not configured")
    tokens, windows = Tokens(store.writer, clock.now), Windows(store.writer, clock.now)

    def router(receive: Receive, on_refused: OnRefused) -> APIRouter:
        return build_router(wechat, receive, now=clock.now, on_refused=on_refused)

    channel = WechatChannel(
        wechat, tokens=tokens, windows=windows, now=clock.now, load_picture=picture_loader(store)
    )
    return Door(channel, router, None, SceneQrs(channel, store, wechat.app_id))
