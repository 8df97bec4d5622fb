"""From the encrypted WeChat callback to the durable ticket and its passive reply, against an echo that stores nothing.

Both are one process; rounds alternate and the one that is not measured is stopped meanwhile.
"""

import contextlib
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.databases import KINDS, empty_database, stop_postgres
from benchmarks.goals import AT_LEAST, AT_MOST, Goal, Line, median_of, percentile
from benchmarks.keep_alive import Exchange, Load, send_all
from benchmarks.residents import Residents
from benchmarks.rows import count_inbox, count_tickets
from benchmarks.services import Service, free_port, running
from benchmarks.trees import repeated
from benchmarks.wechat_api import TEMPLATE_ID
from tests.wechat_vendor import WechatVendor

CONNECTIONS = 64
SHARE_OF_ECHO = Goal(AT_LEAST, 0.5)
P99 = Goal(AT_MOST, 300)
LONGEST = Goal(AT_MOST, 4000)
ALL = Goal(AT_LEAST, 1)
_NUMBER = re.compile(r"\b\d{4,}\b")


@dataclass(frozen=True, slots=True)
class Size:
    """`reports` a round; half of them from people who scanned their building's code before."""

    rounds: int
    reports: int
    warm_up: int
    communities: int = 10
    buildings: int = 20


FULL = Size(rounds=5, reports=4000, warm_up=400)
QUICK = Size(rounds=3, reports=1500, warm_up=200)


@dataclass(frozen=True, slots=True)
class Round:
    echo: Load
    liren: Load


def measure(size: Size, *, kinds: Sequence[str] = KINDS) -> Iterator[tuple[str, list[Line]]]:
    """A title and the lines for each database."""
    with tempfile.TemporaryDirectory(prefix="liren-bench-") as place:
        try:
            for kind in kinds:
                with empty_database(kind, Path(place)) as url:
                    yield f"Callback to durable ticket, {kind}", _measure(size, url, Path(place))
        finally:
            stop_postgres()


def _measure(size: Size, url: str, folder: Path) -> list[Line]:
    vendor = WechatVendor()
    residents = Residents(vendor, size.communities, size.buildings)
    with _services(size, vendor, url=url, folder=folder) as (echo, liren):
        followed = send_all(liren.port, residents.follows(_known_in_all(size)), connections=CONNECTIONS)
        warm = residents.reports(size.warm_up)
        send_all(echo.port, warm, connections=CONNECTIONS)
        warmed = send_all(liren.port, warm, connections=CONNECTIONS)
        rounds = [_round(echo, liren, residents.reports(size.reports)) for _ in range(size.rounds)]
    reported = [each for load in (warmed, *(one.liren for one in rounds)) for each in load.exchanges]
    return [*_speed(rounds), *_losses(vendor, url, followed.exchanges, reported)]


def _known_in_all(size: Size) -> int:
    return (size.rounds * size.reports + size.warm_up) // 2 + size.rounds + 1


def _round(echo: Service, liren: Service, requests: list[bytes]) -> Round:
    with liren.paused():
        echoed = send_all(echo.port, requests, connections=CONNECTIONS)
    with echo.paused():
        return Round(echoed, send_all(liren.port, requests, connections=CONNECTIONS))


@contextlib.contextmanager
def _services(
    size: Size, vendor: WechatVendor, *, url: str, folder: Path
) -> Iterator[tuple[Service, Service]]:
    tree = folder / "tree.yaml"
    tree.write_text(repeated(size.communities, size.buildings), encoding="utf-8")
    api, echo, liren = free_port(), free_port(), free_port()
    settings = {
        "LIREN_DATABASE_URL": url,
        "LIREN_HIERARCHY": str(tree),
        "LIREN_WECHAT_APP_ID": vendor.app_id,
        "LIREN_WECHAT_APP_SECRET": "0123456789abcdef0123456789abcdef",
        "LIREN_WECHAT_TOKEN": vendor.token,
        "LIREN_WECHAT_AES_KEY": vendor.aes_key,
        "LIREN_WECHAT_API_BASE": f"http://127.0.0.1:{api}",
        "LIREN_WECHAT_TEMPLATE_ID": TEMPLATE_ID,
    }
    with (
        running(["benchmarks.wechat_api", str(api)], port=api, folder=folder, settings={}),
        running(["benchmarks.echo", str(echo)], port=echo, folder=folder, settings={}) as echo_service,
        running(["app", "serve", "--port", str(liren)], port=liren, folder=folder, settings=settings) as ours,
    ):
        yield echo_service, ours


# --- what came of it ------------------------------------------------------------------------------------------------


def _speed(rounds: Sequence[Round]) -> list[Line]:
    ratios = [each.liren.rate / each.echo.rate for each in rounds]
    times = [each.seconds * 1000 for one in rounds for each in one.liren.exchanges]
    return [
        Line("echo", median_of([each.echo.rate for each in rounds]), "req/s"),
        Line("liren", median_of([each.liren.rate for each in rounds]), "req/s"),
        Line("liren's share of the echo, median", median_of(ratios), "", SHARE_OF_ECHO),
        Line("liren's share of the echo, worst round", min(ratios)),
        Line("liren p50", percentile(times, 0.5), "ms"),
        Line("liren p99", percentile(times, 0.99), "ms", P99),
        Line("liren longest", max(times), "ms", LONGEST),
    ]


def _losses(
    vendor: WechatVendor, url: str, followed: Sequence[Exchange], reported: Sequence[Exchange]
) -> list[Line]:
    """What was acknowledged must be there; what was not (a 503) the vendor would send again."""
    followed, heard = _acknowledged(followed), _acknowledged(reported)
    numbers = [each for each in (_number_in(vendor, one) for one in heard) if each]
    return [
        Line("reports sent", len(reported)),
        Line("share acknowledged", len(heard) / len(reported), "", ALL),
        Line("share of these answered with a number", len(numbers) / len(heard)),
        Line("share of the numbers that are distinct", len(set(numbers)) / len(numbers), "", ALL),
        Line("tickets stored, of those acknowledged", count_tickets(url) / len(heard), "", ALL),
        Line("inbox rows, of those acknowledged", count_inbox(url) / (len(heard) + len(followed)), "", ALL),
    ]


def _acknowledged(exchanges: Sequence[Exchange]) -> list[Exchange]:
    return [each for each in exchanges if each.status == 200]


def _number_in(vendor: WechatVendor, exchange: Exchange) -> str | None:
    """None where the answer was late and goes another way."""
    reply = vendor.read_answer(exchange.body)
    found = _NUMBER.search(reply["Content"]) if reply else None
    return found.group() if found else None
