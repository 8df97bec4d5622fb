"""The Official Account's door: encrypted callbacks in, customer-service messages out."""

from fastapi import APIRouter

from app.clock import Clock
from app.doors.door import Door, OnRefused
from app.ledgers import Tokens, Windows
from app.settings import Settings
from bot.channel import Receive
from bot.channels.wechat.callback import build_router
from bot.channels.wechat.sender import WechatChannel
from storage.store import Store


def open_door(settings: Settings, store: Store, clock: Clock, *, owner: str) -> Door:
    """Raises ValueError when WeChat is not configured."""
    wechat = settings.wechat
    if wechat is None:
        raise ValueError("WeChat is not configured")
    tokens, windows = Tokens(store.writer, clock.now), Windows(store.writer, clock.now)

    def router(receive: Receive, on_refused: OnRefused) -> APIRouter:
        return build_router(wechat, receive, now=clock.now, on_refused=on_refused)

    channel = WechatChannel(wechat, tokens=tokens, windows=windows, now=clock.now)
    return Door(channel, router, arrive=None)
