"""`liren wechat menu | qr`: sets up the Official Account: its menu, and a permanent QR picture for each scene."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import segno

from app.clock import Clock
from app.commands.opening import load_settings, opened_store
from app.commands.tree_source import read_tree
from app.ledgers import Tokens, Windows
from bot.channel import SendError
from bot.channels.wechat.account import create_scene_qr, publish_menu
from bot.channels.wechat.api import WechatApi
from bot.channels.wechat.sender import WechatChannel
from routing.hierarchy import Hierarchy

T = TypeVar("T")
MODULE_PIXELS = 12


def add_to(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    menu = verbs.add_parser("menu", help="publish the account's menu")
    menu.set_defaults(run=run_menu)
    qr = verbs.add_parser("qr", help="a QR picture for each group with a scene")
    qr.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="folder for the pictures")
    qr.add_argument("--group", metavar="ID", help="only this group")
    qr.set_defaults(run=run_qr)


def run_menu(_: argparse.Namespace) -> int:
    async def publish(api: WechatApi) -> None:
        await publish_menu(api)

    return _with_api(publish, say=lambda _: "the menu is published; WeChat shows it within a day")


def run_qr(arguments: argparse.Namespace) -> int:
    tree = read_tree(load_settings().hierarchy)
    if tree is None:
        return 1
    scenes = _scenes(tree, arguments.group)
    if not scenes:
        print("liren wechat qr: no group of the hierarchy has such a scene", file=sys.stderr)
        return 1
    arguments.out.mkdir(parents=True, exist_ok=True)

    async def draw(api: WechatApi) -> int:
        for group_id, scene in scenes.items():
            made = await create_scene_qr(api, scene)
            segno.make(made.url, error="m").save(str(arguments.out / f"{group_id}.png"), scale=MODULE_PIXELS)
        return len(scenes)

    return _with_api(draw, say=lambda count: f"pictures: {count}, in {arguments.out}")


def _scenes(tree: Hierarchy, group_id: str | None) -> dict[str, str]:
    groups = [each for each in tree.groups.values() if group_id in {None, each.group_id}]
    return {each.group_id: each.scene for each in groups if each.scene}


def _with_api(work: Callable[[WechatApi], Awaitable[T]], *, say: Callable[[T], str]) -> int:
    settings = load_settings()
    wechat = settings.wechat
    if wechat is None:
        print("liren wechat: set LIREN_WECHAT_APP_ID and the others first", file=sys.stderr)
        return 2
    with opened_store() as store:
        now = Clock().now
        channel = WechatChannel(
            wechat, tokens=Tokens(store.writer, now), windows=Windows(store.writer, now), now=now
        )

        async def talk() -> T:
            try:
                return await work(channel.api)
            finally:
                await channel.close()

        try:
            print(say(asyncio.run(talk())))
        except SendError as error:
            print(f"liren wechat: {error.outcome}: {error.detail}", file=sys.stderr)
            return 1
    return 0
