"""`liren learn` from a file to what `liren understand` says, and a model that is only taken where it does better."""

import csv
import io
import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.cli import main
from app.reading.learning import name_categories, study
from app.reading.schooling import School
from routing.hierarchy import Hierarchy
from storage.reader_models import Taught
from storage.store import Store, open_store
from tests.understanding.conftest import a_category, a_street
from tests.understanding.voices import FOLDER, VOICES, list_lines

LESSONS = FOLDER / "lessons.csv"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HIERARCHY = """
version: 1
name: 新华街道
timezone: Asia/Shanghai
levels: [{id: street, name: 街道}]
calendars:
  always: {days: [mon, tue, wed, thu, fri, sat, sun], hours: ["00:00-24:00"]}
clocks:
  normal: {calendar: always, street: {claim: 1h, resolve: 1d}}
  urgent: {calendar: always, street: {claim: 10m, resolve: 2h}}
after_resolving: {rate_within: 3d, reopen_limit: 2}
categories:
%s
tree:
  - id: xinhua
    level: street
    name: 新华街道
    groups: [{id: xinhua-staff, kind: staff, name: 工作群}]
    staff: [{id: zhao, name: 赵敏, role: 专员, groups: [xinhua-staff]}]
"""


def rows() -> list[tuple[str, str]]:
    with LESSONS.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["category"]) for row in csv.DictReader(file)]


def lessons(at: datetime = NOW) -> list[Taught]:
    return [Taught(text, category, at) for text, category in rows()]


@pytest.fixture
def tree() -> Hierarchy:
    return a_street(*(a_category(each, each) for each in sorted({category for _, category in rows()})))


@pytest.fixture
def store(sqlite_url: str):
    opened = open_store(sqlite_url, now=lambda: NOW)
    opened.upgrade()
    yield opened
    opened.close_now()


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    ids = [*sorted({category for _, category in rows()}), "other"]
    listed = "\n".join(
        f"  - {{id: {each}, name: {each}类, starts_at: street, handled_by: staff}}" for each in ids
    )
    (tmp_path / "hierarchy.yaml").write_text(HIERARCHY % listed, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in [each for each in os.environ if each.startswith("LIREN_")]:
        monkeypatch.delenv(name)
    return tmp_path


def understand(text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> dict:
    monkeypatch.setattr("sys.stdin", io.StringIO(text + "\n"))
    assert main(["understand"]) == 0
    return json.loads(capsys.readouterr().out)


def test_what_was_learned_is_understood(
    town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert understand("顶楼的空调外机响得一夜没合眼", monkeypatch, capsys)["category"] == "other"
    assert not (town / "liren.db").exists()

    assert main(["learn", str(LESSONS)]) == 0

    said = capsys.readouterr().out
    assert "macro-F1" in said
    assert "in use from now on" in said
    read = understand("顶楼的空调外机响得一夜没合眼", monkeypatch, capsys)
    assert read["category"] == "noise"
    assert any("学到的" in each for each in read["why"])


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("words,kind\na,b\n", "columns"),
        ("text,category\n水管爆了,火星\n", 'line 2: the hierarchy has no category "火星"'),
    ],
)
def test_a_file_that_is_not_right_is_refused_whole(
    town: Path, content: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (town / "rows.csv").write_text(content, encoding="utf-8")

    assert main(["learn", "rows.csv"]) == 1

    assert complaint in capsys.readouterr().err


def test_names_of_categories_do_as_well_as_ids(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (town / "rows.csv").write_text("text,category\n水管爆了,water类\n停水,water\n", encoding="utf-8")

    assert main(["learn", "rows.csv"]) == 0

    assert "2 lessons taken\ntoo few" in capsys.readouterr().out


def voices(at: datetime) -> list[Taught]:
    known = {category for _, category in rows()}
    return [
        Taught(line["text"], line["category"], at)
        for line in list_lines(*VOICES)
        if line["category"] in known
    ]


def test_a_model_that_is_better_on_what_is_new_is_taken(store: Store, tree: Hierarchy) -> None:
    later = NOW + timedelta(days=1)
    began_with = [each for each in lessons() if each.category_id in {"noise", "parking", "rubbish"}]
    store.writer.run_now(lambda unit: unit.reader_models.teach(began_with))
    study(store, tree, now=NOW)
    store.writer.run_now(lambda unit: unit.reader_models.teach(voices(later)))

    second = study(store, tree, now=later)

    assert second is not None
    assert second.is_taken
    assert second.figures.lessons == len(began_with) + len(voices(later))
    assert 100 < second.tried_on <= len(voices(later))
    assert len(store.writer.run_now(lambda unit: unit.reader_models.list_ids(name_categories(tree)))) == 2


async def test_a_model_that_is_worse_on_what_is_new_is_left(store: Store, tree: Hierarchy) -> None:
    """Everything new is sorted as the model in use has it already: no other can be right more often."""
    later = NOW + timedelta(days=1)
    store.writer.run_now(lambda unit: unit.reader_models.teach(lessons()))
    study(store, tree, now=NOW)
    school = School(store, lambda: tree)
    await school.refresh()
    agreed = [
        replace(each, category_id=school.reader.read(each.text, tree).category) for each in voices(later)
    ]
    store.writer.run_now(lambda unit: unit.reader_models.teach(agreed))

    second = study(store, tree, now=later)

    assert second is not None
    assert second.before == 1
    assert not second.is_taken
    assert await school.refresh() is False


async def test_house_takes_a_new_model_into_use(store: Store, tree: Hierarchy) -> None:
    school = School(store, lambda: tree)

    before = await school.refresh()
    store.writer.run_now(lambda unit: unit.reader_models.teach(lessons()))
    study(store, tree, now=NOW)
    after = await school.refresh()
    again = await school.refresh()

    assert (before, after, again) == (False, True, False)
    assert school.reader.read("轿厢门又合不拢了", tree).category == "elevator"


async def test_nothing_is_studied_twice(store: Store, tree: Hierarchy) -> None:
    store.writer.run_now(lambda unit: unit.reader_models.teach(lessons()))
    study(store, tree, now=NOW)
    school = School(store, lambda: tree)
    await school.refresh()

    assert await school.study() is False
