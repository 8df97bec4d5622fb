"""`liren hierarchy codes --out FILE`: the sheet of QR codes of a place's buildings, as the page makes it."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from admin_web.code_ports import HELP, Building, FoundCodes, list_buildings
from admin_web.pages.codes import USUAL, make_cards, printable
from admin_web.qr_sheet import LAYOUTS, draw_sheet
from app.clock import Clock
from app.commands.opening import load_settings, opened_store
from app.commands.tree_source import read_tree
from app.doors import open_doors
from app.doors.door import Door
from app.tree.code_sheets import Codes, codes_of
from app.tree.scene_ways import SceneWays


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the PDF to write")
    parser.add_argument("--node", metavar="ID", help="only the buildings of this place")
    parser.add_argument(
        "--channel", metavar="CHANNEL", help="wechat, telegram, or help for the page on how to report"
    )
    parser.add_argument("--per", type=int, choices=sorted(LAYOUTS), default=USUAL, help="cards on a page")
    parser.set_defaults(run=run_codes)


def run_codes(arguments: argparse.Namespace) -> int:
    settings = load_settings()
    tree = read_tree(settings.hierarchy)
    if tree is None:
        return 1
    node_id = arguments.node or tree.root_id
    if tree.find_node(node_id) is None:
        return _refuse("the hierarchy has no such place")
    with opened_store() as store:
        doors = open_doors(settings, store, Clock(), owner="codes")
        desk = codes_of(settings, SceneWays(doors))
        channel = arguments.channel or next(iter(desk.channels), HELP)
        if channel not in {*desk.channels, HELP}:
            return _refuse(f"{channel} is not set up; there are: {', '.join([*desk.channels, HELP])}")
        buildings = printable(list_buildings(tree, node_id), channel)
        found = asyncio.run(_find(desk, doors, buildings, channel=channel))
    if found.silent or not buildings:
        names = "、".join(found.silent)
        return _refuse(f"{channel} did not answer for: {names}" if names else "nothing to print there")
    cards = make_cards(buildings, found, channel)
    title = f"{tree.get_node(node_id).name} 楼栋二维码"
    arguments.out.write_bytes(draw_sheet(cards, per_page=arguments.per, title=title))
    print(f"codes: {len(cards)}, in {arguments.out}")
    return 0


async def _find(
    desk: Codes, doors: Sequence[Door], buildings: Sequence[Building], *, channel: str
) -> FoundCodes:
    """And lets go of the vendors."""
    try:
        return await desk.find(buildings, channel)
    finally:
        await asyncio.gather(*(each.channel.close() for each in doors))


def _refuse(why: str) -> int:
    print(f"liren hierarchy codes: {why}", file=sys.stderr)
    return 1
