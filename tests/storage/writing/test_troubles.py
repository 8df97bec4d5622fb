"""What the writer does when the database fails it: full disks, foreign locks, lost connections, unknown outcomes."""

import asyncio
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress

import psycopg
import pytest
import sqlalchemy as sa

from storage.prepared import Prepared
from storage.store import Store, open_store
from storage.tables.tickets import TICKET
from storage.writing.troubles import StoreUnavailable
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW
from tests.storage.rows import an_inbound, open_ticket
from tests.storage.views import EVERYTHING

COUNT = Prepared(sa.select(sa.func.count()).select_from(TICKET))


def receive(key: str, runs: list[str]) -> Callable[[Unit], str]:
    def job(unit: Unit) -> str:
        runs.append(key)
        known = unit.inbox.find_answer("telegram", "bot", key)
        if known is not None:
            return known
        answer = str(open_ticket(unit))
        unit.inbox.add(an_inbound(key), answer=answer, now=NOW)
        return answer

    return job


def count_tickets(store: Store) -> int:
    return sum(store.reads.figures().live.values())


# --- SQLite ---------------------------------------------------------------------------------------------------------


def path_of(url: str) -> str:
    return url.removeprefix("sqlite:///")


async def fill_up(store: Store) -> None:
    for _ in range(100):
        await store.writer.run(open_ticket)


async def test_a_full_disk_refuses_and_recovers_without_a_restart(sqlite_store_url: str) -> None:
    with closing(sqlite3.connect(path_of(sqlite_store_url))) as connection:
        pages = [int(connection.execute("PRAGMA page_count").fetchone()[0])]
    store = open_store(sqlite_store_url, now=lambda: NOW)
    sa.event.listen(
        store.writing_engine,
        "connect",
        lambda connection, _: connection.execute(f"PRAGMA max_page_count={pages[0]}"),
    )

    with pytest.raises(StoreUnavailable):
        await fill_up(store)
    stored = count_tickets(store)
    refused_again = await asyncio.gather(
        store.writer.run(lambda unit: open_ticket(unit, text="长" * 9000)), return_exceptions=True
    )
    pages[0] *= 100
    number = await store.writer.run(open_ticket)

    assert isinstance(refused_again[0], StoreUnavailable)
    assert count_tickets(store) == stored + 1
    assert store.reads.tickets.find(number, scope=EVERYTHING) is not None
    assert store.verify_audit().problems == ()
    await store.close()


async def test_a_foreign_lock_is_waited_for_within_bounds(sqlite_store_url: str) -> None:
    store = open_store(sqlite_store_url, now=lambda: NOW)
    foreigner = sqlite3.connect(path_of(sqlite_store_url), isolation_level=None, check_same_thread=False)
    foreigner.execute("BEGIN IMMEDIATE")

    waiting = asyncio.ensure_future(store.writer.run(open_ticket))
    done, _ = await asyncio.wait([waiting], timeout=0.2)
    foreigner.execute("ROLLBACK")
    number = await waiting

    assert not done
    assert store.reads.tickets.find(number, scope=EVERYTHING) is not None
    foreigner.close()
    await store.close()


def test_reading_goes_on_while_somebody_writes(sqlite_store_url: str) -> None:
    store = open_store(sqlite_store_url, now=lambda: NOW)
    number = store.writer.run_now(open_ticket)

    def look_meanwhile(unit: Unit) -> bool:
        open_ticket(unit)
        return store.reads.tickets.find(number, scope=EVERYTHING) is not None

    assert store.writer.run_now(look_meanwhile)
    store.close_now()


def test_readers_cannot_write(store: Store) -> None:
    with pytest.raises(sa.exc.DBAPIError), store.reading_engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM setting")

    assert "generation" in store.reads.settings()


# --- PostgreSQL -----------------------------------------------------------------------------------------------------


def end_connections(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'liren' AND datname = current_database()"
        )


async def test_a_connection_that_is_cut_under_way_makes_the_jobs_run_again(postgres_store_url: str) -> None:
    store = open_store(postgres_store_url, now=lambda: NOW)
    runs: list[str] = []

    def cut_the_first_time(unit: Unit) -> str:
        answer = receive("m-1", runs)(unit)
        if len(runs) == 1:
            end_connections(postgres_store_url)
        return answer

    answer = await store.writer.run(cut_the_first_time)

    assert runs == ["m-1", "m-1"]
    assert count_tickets(store) == 1
    assert store.reads.tickets.find(int(answer), scope=EVERYTHING) is not None
    assert store.writer.figures().repeated_batches == 1
    await store.close()


async def test_connections_that_were_cut_while_idle_are_not_noticed_by_anybody(
    postgres_store_url: str,
) -> None:
    store = open_store(postgres_store_url, now=lambda: NOW)
    await store.writer.run(open_ticket)
    assert count_tickets(store) == 1

    end_connections(postgres_store_url)
    await store.writer.run(open_ticket)

    assert count_tickets(store) == 2
    await store.close()


async def test_a_commit_whose_answer_is_lost_is_not_made_twice(postgres_store_url: str) -> None:
    runs: list[str] = []
    with proxy_to(postgres_store_url) as proxy:
        store = open_store(proxy.url, now=lambda: NOW)
        await store.writer.run(receive("m-0", []))
        proxy.lose_next_answer_to_commit()

        answer = await store.writer.run(receive("m-1", runs))

        assert proxy.answers_lost == 1
        assert runs == ["m-1", "m-1"]
        assert count_tickets(store) == 2
        assert store.reads.tickets.find(int(answer), scope=EVERYTHING) is not None
        assert store.verify_audit().problems == ()
        await store.close()


async def test_two_who_lock_crosswise_both_get_through(postgres_store_url: str) -> None:
    here, there = [open_store(postgres_store_url, now=lambda: NOW) for _ in range(2)]
    first, second = [await here.writer.run(open_ticket) for _ in range(2)]
    both_hold_one = threading.Barrier(2)
    has_begun = threading.Event()

    def lock(one: int, other: int) -> Callable[[Unit], int]:
        def job(unit: Unit) -> int:
            unit.tickets.get(one)
            has_begun.set()
            with suppress(threading.BrokenBarrierError):
                both_hold_one.wait(2)
            return unit.tickets.get(other).number

        return job

    forwards = asyncio.ensure_future(here.writer.run(lock(first, second)))
    await asyncio.to_thread(has_begun.wait, 10)
    backwards = await there.writer.run(lock(second, first))

    assert (await forwards, backwards) == (second, first)
    assert sum(each.writer.figures().repeated_batches for each in (here, there)) >= 1
    await here.close()
    await there.close()


def test_a_server_that_is_away_is_said_to_be_unavailable(postgres_store_url: str) -> None:
    with proxy_to(postgres_store_url) as proxy:
        store = open_store(proxy.url, now=lambda: NOW)
        store.writer.run_now(open_ticket)
        proxy.cut_all()

        with pytest.raises(StoreUnavailable):
            store.writer.run_now(open_ticket)
        with pytest.raises(StoreUnavailable):
            store.reads.figures()
        assert not store.reads.is_answering()
        proxy.restore()
        number = store.writer.run_now(open_ticket)

        assert store.reads.tickets.find(number, scope=EVERYTHING) is not None
        assert store.reads.is_answering()
        store.close_now()


def test_whoever_reads_by_the_driver_itself_hears_the_same(postgres_store_url: str) -> None:
    with proxy_to(postgres_store_url) as proxy:
        store = open_store(proxy.url, now=lambda: NOW)

        connection = store.reading_engine.connect()
        assert COUNT.value(connection) == 0
        proxy.cut_all()

        with pytest.raises(StoreUnavailable):
            COUNT.value(connection)
        connection.invalidate()
        connection.close()
        proxy.restore()
        with store.reading_engine.begin() as connection:
            assert COUNT.value(connection) == 0
        store.close_now()


class Proxy:
    """Stands between a store and its server and loses what it is told to lose."""

    def __init__(self, url: str) -> None:
        parsed = sa.make_url(url)
        self._target = (parsed.host or "", parsed.port or 0)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = parsed.set(host="127.0.0.1", port=self._door.getsockname()[1]).render_as_string(False)
        self.answers_lost = 0
        self._loses_next = False
        self._is_cut = False
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def lose_next_answer_to_commit(self) -> None:
        self._loses_next = True

    def cut_all(self) -> None:
        self._is_cut = True
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def restore(self) -> None:
        self._is_cut = False

    def close(self) -> None:
        self.cut_all()
        for each in (self._door, *self._sockets):
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                if self._is_cut:
                    client.close()
                    continue
                server = socket.create_connection(self._target)
                self._sockets += [client, server]
                has_committed = threading.Event()
                for one, other in ((client, server), (server, client)):
                    threading.Thread(
                        target=self._carry, args=(one, other, has_committed), daemon=True
                    ).start()

    def _carry(self, source: socket.socket, target: socket.socket, has_committed: threading.Event) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if self._loses_next and b"COMMIT" in data:
                    self._loses_next = False
                    has_committed.set()
                elif has_committed.is_set():
                    # The server has committed and says so; its client never hears of it.
                    self.answers_lost += 1
                    break
                target.sendall(data)
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxy_to(url: str) -> Iterator[Proxy]:
    proxy = Proxy(url)
    try:
        yield proxy
    finally:
        proxy.close()
