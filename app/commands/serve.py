"""`liren serve`: the service with callbacks, pages, API and duties."""

import argparse
import gc
import signal
import sys
from contextlib import ExitStack
from dataclasses import replace
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI

from app.accounts import find_first_admin_link
from app.commands.opening import load_settings
from app.commands.values import whole_number
from app.logs import set_up_logs
from app.running.listening import PortError, require_port
from app.running.one_service import AlreadyServedError, hold_alone
from app.secret_key import key_path
from app.settings import DEFAULT_URL, Settings
from app.tree.office import NoHierarchyError
from app.web import build_web
from app.wiring import House, build_house
from storage.engine import DatabaseAddressError

HOST, PORT, MOST_WORKERS = "127.0.0.1", 8000, 64

RARELY = (10_000, 20, 20)
"""Python's own 700 new objects between two collections are those of half a message."""

GRACE = 10
"""Seconds that requests under way have when the service is told to stop."""


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=HOST, help=f"address to listen at; default: {HOST}")
    parser.add_argument("--port", type=_port, default=PORT, metavar="N", help=f"default: {PORT}")
    parser.add_argument(
        "--workers",
        type=whole_number(least=1, most=MOST_WORKERS),
        default=1,
        metavar="N",
        help="processes; more than one needs PostgreSQL",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    settings = load_settings()
    if arguments.workers > 1:
        _require_port(arguments)
        return _serve_many(settings, arguments)
    with ExitStack() as held:
        _hold_alone(settings, held)
        _require_port(arguments)
        _serve_one(settings, arguments)
    return 0


def _serve_one(settings: Settings, arguments: argparse.Namespace) -> None:
    house = open_house(_with_own_address(settings, arguments))
    _spare_the_collector()
    server = _Server(uvicorn.Config(build_web(house), **_options(arguments)), house)
    _greet(arguments, house)
    for each in (signal.SIGTERM, signal.SIGINT):
        # The server ends in good order and then sends itself the signal once more.
        signal.signal(each, _leave)
    server.run()


def _hold_alone(settings: Settings, held: ExitStack) -> None:
    """As long as this process serves."""
    try:
        held.enter_context(hold_alone(settings.database_url))
    except AlreadyServedError as error:
        sys.exit(_refuse(f"liren serve: {error}"))
    except DatabaseAddressError as error:
        sys.exit(_refuse(f"liren: LIREN_DATABASE_URL: {error}"))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        sys.exit(
            _refuse(f"liren serve: the folder of the database cannot be written: {where}{error.strerror}")
        )


def _require_port(arguments: argparse.Namespace) -> None:
    try:
        require_port(arguments.host, arguments.port)
    except PortError as error:
        sys.exit(_refuse(f"liren serve: {error}"))


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def create_app() -> FastAPI:
    """What each process of several makes for itself."""
    house = open_house(load_settings())
    _spare_the_collector()
    _invite_first_admin(house)
    return build_web(house)


def open_house(settings: Settings) -> House:
    """The house, opened; ends with one clear line when it cannot be."""
    set_up_logs(settings.log, secrets=_secrets(settings))
    try:
        house = build_house(settings)
    except DatabaseAddressError as error:
        sys.exit(_refuse(f"liren: LIREN_DATABASE_URL: {error}"))
    except OSError as error:
        where = f"{key_path(settings)}: {error.strerror}"
        sys.exit(_refuse(f"liren: the secret key cannot be kept, so set LIREN_SECRET_KEY: {where}"))
    try:
        house.open()
    except NoHierarchyError as error:
        lines = "\n".join(f"  line {each.line}: {each.message}" for each in error.problems)
        house.store.close_now()
        sys.exit(
            _refuse(f"liren: {settings.hierarchy} is not right, and there is no earlier version:\n{lines}")
        )
    except ConnectionError as error:
        sys.exit(_refuse(f"liren: the database cannot be used: {error}"))
    return house


def _spare_the_collector() -> None:
    """What is there now stays, a tree of a city above all: it need not be looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)


class _Server(uvicorn.Server):
    """Ends the live streams as soon as it is told to stop, because it waits for all connections."""

    def __init__(self, config: uvicorn.Config, house: House) -> None:
        super().__init__(config)
        self._house = house

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._house.windows is not None:
            self._house.windows.close()
        super().handle_exit(sig, frame)


def _serve_many(settings: Settings, arguments: argparse.Namespace) -> int:
    if settings.database_url.startswith("sqlite"):
        print("liren serve: SQLite has one writer; use PostgreSQL for more than one worker", file=sys.stderr)
        return 2
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    uvicorn.run(
        "app.commands.serve:create_app", factory=True, workers=arguments.workers, **_options(arguments)
    )
    return 0


def _options(arguments: argparse.Namespace) -> dict[str, Any]:
    return {
        "host": arguments.host,
        "port": arguments.port,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "date_header": True,
        "proxy_headers": False,
        "h11_max_incomplete_event_size": 64 * 1024,
        "timeout_keep_alive": 30,
        "timeout_graceful_shutdown": GRACE,
    }


def _greet(arguments: argparse.Namespace, house: House) -> None:
    where = "sandbox" if house.has_sandbox else "public board"
    print(f"里仁 Liren is at {_own_address(arguments)} ({where}). Ctrl+C stops it.", file=sys.stderr)
    _invite_first_admin(house)


def _invite_first_admin(house: House) -> None:
    """On the console only, never in a log: whoever reads it becomes admin."""
    link = find_first_admin_link(house)
    if link is not None:
        print(f"第一位管理员请在 15 分钟内打开 First admin, within 15 minutes: {link}", file=sys.stderr)


def _with_own_address(settings: Settings, arguments: argparse.Namespace) -> Settings:
    """Where nobody said how people reach it, links lead to where it listens, whatever the port."""
    if settings.public_url != DEFAULT_URL:
        return settings
    return replace(settings, public_url=_own_address(arguments))


def _own_address(arguments: argparse.Namespace) -> str:
    host = HOST if arguments.host in {"0.0.0.0", "::"} else arguments.host  # noqa: S104 - shown, not bound
    return f"http://{f'[{host}]' if ':' in host else host}:{arguments.port}"


def _secrets(settings: Settings) -> list[str]:
    found = [settings.api_token, settings.secret_key]
    if settings.wechat is not None:
        wechat = settings.wechat
        found += [wechat.app_secret, wechat.token, wechat.aes_key, wechat.aes_key_previous]
    if settings.telegram is not None:
        found += [settings.telegram.token, settings.telegram.webhook_secret]
    return [each for each in found if each]


def _refuse(said: str) -> int:
    print(said, file=sys.stderr)
    return 2


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else 0
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError(f'"{text}" is no port')
    return port
