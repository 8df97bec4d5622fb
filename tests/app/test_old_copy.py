"""What a file says that says nothing new: an old copy brings no old tree back, a mistake taken back is no trouble."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.reach import addressbook_of
from app.tree.file import TreeFile
from app.tree.office import NoHierarchyError, TreeOffice
from storage.store import Store, open_store

SAMPLE = Path(__file__).parents[2] / "hierarchy.yaml"
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)


def office_of(store: Store) -> TreeOffice:
    return TreeOffice(store.writer, reach=addressbook_of([]), now=lambda: NOW)


def in_folder(folder: Path, text: str) -> Path:
    folder.mkdir()
    path = folder / "hierarchy.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_old_copy_on_another_machine_is_left_alone_and_a_new_text_is_taken(database_url, tmp_path):
    old = SAMPLE.read_text(encoding="utf-8")
    new = old.replace("name: 新华街道", "name: 新华路街道")
    store = open_store(database_url, now=lambda: NOW)
    store.upgrade()
    first = in_folder(tmp_path / "a", old)
    TreeFile(first, office_of(store)).start()
    first.write_text(new, encoding="utf-8")
    TreeFile(first, office_of(store)).start()

    elsewhere = office_of(store)
    behind = in_folder(tmp_path / "b", old)
    TreeFile(behind, elsewhere).start()

    assert (elsewhere.current().version, elsewhere.current().name) == (2, "新华路街道")
    behind.write_text(old.replace("name: 新华街道", "name: 新华东街道"), encoding="utf-8")
    TreeFile(behind, elsewhere).start()
    assert (elsewhere.current().version, elsewhere.current().name) == (3, "新华东街道")
    store.close_now()


async def test_a_mistake_that_is_taken_back_is_no_trouble_any_more(database_url, tmp_path):
    right = SAMPLE.read_text(encoding="utf-8")
    store = open_store(database_url, now=lambda: NOW)
    store.upgrade()
    office = office_of(store)
    path = in_folder(tmp_path / "a", right)
    file = TreeFile(path, office)
    file.start()
    path.write_text(right.replace("level: community", "level: comunity"), encoding="utf-8")
    await file.look()
    assert office.refused is not None

    path.write_text(right, encoding="utf-8")
    await file.look()

    assert office.refused is None
    assert office.current().version == 1
    store.close_now()


async def test_what_an_applied_text_replaces_in_the_file_is_kept_unless_a_version_has_it(
    database_url, tmp_path
):
    right = SAMPLE.read_text(encoding="utf-8")
    mistaken = right.replace("level: community", "level: comunity")
    store = open_store(database_url, now=lambda: NOW)
    store.upgrade()
    path = in_folder(tmp_path / "a", right)
    file = TreeFile(path, office_of(store))
    file.start()

    file.write(right.replace("name: 新华街道", "name: 新华路街道"))
    assert [each.name for each in path.parent.iterdir()] == ["hierarchy.yaml"]
    path.write_text(mistaken, encoding="utf-8")
    await file.look()
    file.write(right)

    assert path.read_text(encoding="utf-8") == right
    assert (path.parent / "hierarchy.yaml.replaced-1").read_text(encoding="utf-8") == mistaken
    store.close_now()


def test_a_start_without_any_file_says_where_to_start(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'liren.db'}", now=lambda: NOW)
    store.upgrade()

    with pytest.raises(NoHierarchyError) as caught:
        TreeFile(tmp_path / "nowhere.yaml", office_of(store)).start()

    (problem,) = caught.value.problems
    assert "nowhere.yaml. Start in the folder that has it" in problem.message
    assert "请在它所在的目录启动" in problem.message_zh
    store.close_now()
