"""Backups of both databases, and starting again from one."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from routing.messages import Attachment, Kind
from routing.outgoing import SendState
from storage.backup import HELD, BackupError
from storage.store import Store, open_store
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW
from tests.storage.rows import GROUP_CHAT, PRIVATE_CHAT, a_notice, open_ticket
from tests.storage.views import EVERYTHING, Wish

Do = Callable[[Callable[[Unit], Any]], Any]


def restore(path: Path) -> Store:
    store = open_store(f"sqlite:///{path}", now=lambda: NOW)
    store.upgrade()
    return store


def test_a_backup_holds_every_ticket_and_its_chain_goes_on(store: Store, do: Do, tmp_path: Path) -> None:
    for _ in range(3):
        do(open_ticket)
    tickets = store.reads.tickets.list_page(Wish())

    store.back_up(tmp_path / "backup.db")
    copy = restore(tmp_path / "backup.db")

    assert copy.reads.tickets.list_page(Wish()) == tickets
    report = copy.verify_audit(known_head=store.reads.audit_head())
    assert (report.rows, report.problems) == (4, ())
    assert copy.reads.list_audit()[0].kind == "backup.made"
    copy.writer.run_now(open_ticket)
    assert copy.verify_audit().problems == ()
    copy.close_now()


def test_who_starts_from_a_backup_is_another_generation_and_repeats_no_number(
    store: Store, do: Do, tmp_path: Path
) -> None:
    do(open_ticket)
    store.back_up(tmp_path / "backup.db")
    given_since = {do(open_ticket) for _ in range(5)}

    copy = restore(tmp_path / "backup.db")
    number = copy.writer.run_now(open_ticket)

    assert number > max(given_since)
    assert copy.reads.settings()["generation"] != store.reads.settings()["generation"]
    copy.close_now()


def test_what_was_waiting_is_held_in_the_copy_and_goes_out_from_the_original(
    store: Store, do: Do, tmp_path: Path
) -> None:
    lease = timedelta(seconds=30)
    do(lambda unit: unit.outbox.add(a_notice(0), [GROUP_CHAT, PRIVATE_CHAT], now=NOW))
    do(lambda unit: unit.parcels.take("telegram:bot", owner="a", now=NOW, lasts=lease, limit=1))
    do(lambda unit: unit.parcels.lease_lane("telegram:bot", owner="a", now=NOW, lasts=lease))

    store.back_up(tmp_path / "backup.db")
    copy = restore(tmp_path / "backup.db")

    assert copy.writer.run_now(lambda unit: unit.parcels.list_lanes(NOW + timedelta(days=9))) == []
    held = copy.reads.outbox.list_page(EVERYTHING)
    assert [(each.state, each.detail) for each in held] == [(SendState.DEAD, HELD)] * 2
    assert copy.writer.run_now(
        lambda unit: unit.parcels.lease_lane("telegram:bot", owner="b", now=NOW, lasts=lease)
    )
    assert do(lambda unit: unit.parcels.list_lanes(NOW)) == ["telegram:bot"]
    copy.close_now()


def test_a_backup_is_one_file_and_never_written_over(store: Store, do: Do, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    store.back_up(folder / "backup.db")

    with pytest.raises(BackupError, match="file already"):
        store.back_up(folder / "backup.db")

    assert [each.name for each in folder.iterdir()] == ["backup.db"]


def test_a_backup_to_nowhere_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no folder"):
        store.back_up(tmp_path / "missing" / "backup.db")


def test_pictures_come_along(store: Store, do: Do, tmp_path: Path) -> None:
    def keep_a_picture(unit: Unit) -> int:
        open_ticket(unit)
        person = unit.people.find("telegram", "bot", "501")
        assert person is not None
        picture = Attachment(Kind.IMAGE, "file-1")
        picture_id = unit.pictures.want(
            picture, address=GROUP_CHAT, ticket_number=1001, person_id=person.person_id, now=NOW
        )
        unit.pictures.keep(picture_id, bytes(range(256)), media_type="image/jpeg")
        return picture_id

    picture_id = do(keep_a_picture)
    store.back_up(tmp_path / "backup.db")
    copy = restore(tmp_path / "backup.db")

    assert copy.reads.tickets.find_picture(picture_id, scope=EVERYTHING) == ("image/jpeg", bytes(range(256)))
    copy.close_now()
