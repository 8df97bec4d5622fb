"""The ground that the other tests stand on: databases, browser, no way outside."""

import asyncio
import http.server
import shutil
import socket
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy
from playwright.sync_api import Page

from tests.network import NetworkForbidden, is_local
from tests.postgres import PostgresServer

ROOT = Path(__file__).parents[1]
PAGE = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>里仁</title><h1>幸福里 1 号楼</h1>"""


class OnePage(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), OnePage) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_postgres_is_real_and_its_role_is_ordinary(postgres_url: str):
    with psycopg.connect(postgres_url) as connection:
        version, is_super = connection.execute(
            "SELECT version(), rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone()

    assert version.startswith("PostgreSQL")
    assert not is_super


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_has_an_empty_database_of_its_own(postgres_url: str, turn: int):
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE ticket (number int)")
        connection.execute("INSERT INTO ticket VALUES (%s)", [turn])

        assert connection.execute("SELECT number FROM ticket").fetchall() == [(turn,)]


def test_a_prepared_template_is_copied(postgres_server: PostgresServer):
    def prepare(url: str) -> None:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE ticket AS SELECT 1024 AS number")

    template = postgres_server.template_for("ground", prepare)
    name = postgres_server.create_database(template=template)

    with psycopg.connect(postgres_server.url_of(name)) as connection:
        assert connection.execute("SELECT number FROM ticket").fetchone() == (1024,)


def test_both_kinds_of_database_answer(database_url: str):
    engine = sqlalchemy.create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))

    with engine.connect() as connection:
        assert connection.execute(sqlalchemy.text("SELECT 1")).scalar_one() == 1

    engine.dispose()


def test_a_page_fits_phone_and_desktop(browser_page: Page, address: str):
    browser_page.goto(address)

    assert browser_page.get_by_role("heading").inner_text() == "幸福里 1 号楼"
    assert browser_page.evaluate("window.innerWidth") in (375, 1280)


async def test_asynchronous_tests_run_beside_the_browser():
    await asyncio.sleep(0)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_outside_addresses_are_refused(host: str):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET

    with socket.socket(family) as outside, pytest.raises(NetworkForbidden):
        outside.connect((host, 80))


def test_outside_names_are_not_looked_up():
    with pytest.raises(NetworkForbidden):
        urllib.request.urlopen("http://liren.example/")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", b"localhost", ""])
def test_this_machine_is_local(host: object):
    assert is_local(host)


@pytest.mark.parametrize(
    ("version", "said"),
    [("3.9.18", "too old: python3 (3.9.18)."), (None, "Python 3.11 or later; none found.")],
)
def test_a_machine_without_a_new_python_hears_what_was_found(tmp_path: Path, version: str | None, said: str):
    scripts, programs = tmp_path / "scripts", tmp_path / "bin"
    scripts.mkdir()
    programs.mkdir()
    shutil.copy(ROOT / "scripts" / "make-venv", scripts)
    (programs / "dirname").symlink_to(shutil.which("dirname") or "")
    if version:
        old = programs / "python3"
        old.write_text(f'#!/bin/sh\ncase "$2" in *sys.exit*) exit 1;; *) echo {version};; esac\n')
        old.chmod(0o755)

    made = subprocess.run(
        [scripts / "make-venv"], env={"PATH": str(programs)}, capture_output=True, text=True, check=False
    )

    assert made.returncode != 0
    assert said in made.stderr
    assert not (tmp_path / ".venv").exists()
