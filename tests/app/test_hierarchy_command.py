"""`liren hierarchy diff | apply | export | import | check`: an edit weighed, taken and given away by commands."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.cli import main
from storage.store import open_store
from tests.builders import TUESDAY_NINE, a_ticket
from tests.stories.world import STREET

TEXT = STREET.read_text("utf-8")
BUILDING_ONE = TEXT[TEXT.index("          - id: xingfuli-b1") : TEXT.index("          - id: xingfuli-b2")]
WITHOUT_ONE = TEXT.replace(BUILDING_ONE, "")
Liren = Callable[..., tuple[int, str, str]]


@pytest.fixture
def liren(
    tmp_path: Path, sqlite_story_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Liren:
    """Runs a command in a folder of its own, with the street's file in it; gives exit code and what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LIREN_TEST_RUN")  # it looks like a setting
    monkeypatch.setenv("LIREN_DATABASE_URL", sqlite_story_url)
    shutil.copy(STREET, tmp_path / "hierarchy.yaml")

    def run(*words: str) -> tuple[int, str, str]:
        try:
            code = main(("hierarchy", *words))
        except SystemExit as left:
            code = int(left.code or 0)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


def test_two_files_are_compared(liren: Liren, tmp_path: Path):
    (tmp_path / "new.yaml").write_text(TEXT.replace("name: 2号楼\n", "name: 二号楼\n"), "utf-8")

    code, out, _ = liren("diff", "hierarchy.yaml", "new.yaml", "--language", "zh")

    assert code == 0
    assert "~ node xingfuli-b2: name 2号楼 → 二号楼" in out
    assert "改名节点：二号楼" in out


def test_one_file_is_held_against_what_is_in_force(liren: Liren, tmp_path: Path):
    refused = liren("diff")
    liren("apply", "hierarchy.yaml")
    (tmp_path / "hierarchy.yaml").write_text(TEXT.replace("name: 2号楼\n", "name: 二号楼\n"), "utf-8")

    code, out, _ = liren("diff")

    assert refused[0] == 1
    assert "no version is in force yet" in refused[2]
    assert code == 0
    assert "Renamed place: 二号楼" in out


def test_a_dry_run_shows_the_plan_and_changes_nothing(liren: Liren, tmp_path: Path):
    liren("apply", "hierarchy.yaml")
    (tmp_path / "new.yaml").write_text(TEXT.replace("name: 2号楼\n", "name: 二号楼\n"), "utf-8")

    code, out, _ = liren("apply", "new.yaml", "--dry-run")

    assert code == 0
    assert "Renamed place: 二号楼" in out
    assert "applied as version 2" in liren("apply", "new.yaml", "--heir", "xingfuli-b2=xingfuli")[1]


def test_two_files_say_who_would_inherit_from_a_place_that_goes(liren: Liren, tmp_path: Path):
    (tmp_path / "new.yaml").write_text(WITHOUT_ONE, "utf-8")

    _, out, _ = liren("diff", "hierarchy.yaml", "new.yaml", "--language", "zh")

    assert "去掉的 1 个地方（1号楼）若还有没办完的工单，会交给幸福里社区（xingfuli）" in out


def test_open_tickets_of_a_place_that_goes_are_told_refused_and_asked_for(
    liren: Liren, tmp_path: Path, sqlite_story_url: str
):
    liren("apply", "hierarchy.yaml")
    store = open_store(sqlite_story_url, now=lambda: TUESDAY_NINE)
    store.writer.run_now(lambda unit: unit.tickets.add(a_ticket()))
    store.close_now()
    (tmp_path / "new.yaml").write_text(WITHOUT_ONE, "utf-8")

    differs = liren("diff", "new.yaml")
    impossible = liren("apply", "new.yaml", "--heir", "xingfuli-b1=hepingli-b5")
    asked = liren("apply", "new.yaml", "--ask-heirs")
    done = liren("apply", "new.yaml")

    assert "幸福里社区1号楼: its tickets (1) go to 新华街道幸福里社区" in differs[1]
    assert impossible[0] == 2
    assert "hepingli-b5 cannot inherit from xingfuli-b1; choose one of xingfuli, " in impossible[2]
    assert asked[0] == 1
    assert "xingfuli-b1 幸福里社区1号楼: 1 open ticket, such as --heir xingfuli-b1=xingfuli" in asked[2]
    assert "applied as version 2; 1 open ticket moved" in done[1]
    assert "(xingfuli-b1): 1 open ticket to 新华街道幸福里社区 (xingfuli), the nearest place above" in done[1]


def test_an_heir_that_is_none_is_refused_in_a_line(liren: Liren):
    code, _, err = liren("apply", "hierarchy.yaml", "--heir", "xingfuli-b2")

    assert code == 2
    assert "write NODE=HEIR" in err


def test_a_spreadsheet_goes_out_and_comes_back(liren: Liren, tmp_path: Path):
    liren("export", "tree.xlsx")
    book = load_workbook(tmp_path / "tree.xlsx")
    page = book.worksheets[0]
    next(row for row in page.iter_rows() if row[0].value == "xingfuli-b2")[1].value = "二号楼"
    book.save(tmp_path / "tree.xlsx")

    tried = liren("import", "tree.xlsx", "--dry-run")
    before = (tmp_path / "hierarchy.yaml").read_text("utf-8")
    taken = liren("import", "tree.xlsx")

    assert "~ node xingfuli-b2: name 2号楼 → 二号楼" in tried[1]
    assert before == TEXT
    assert taken[0] == 0
    assert (tmp_path / "hierarchy.yaml").read_text("utf-8") == TEXT.replace("name: 2号楼\n", "name: 二号楼\n")


def test_a_spreadsheet_with_a_problem_writes_nothing(liren: Liren, tmp_path: Path):
    liren("export", "tree.xlsx")
    book = load_workbook(tmp_path / "tree.xlsx")
    book.worksheets[2].append(["li", "李", "网格员", "xingfuli", "没有的群"])
    book.save(tmp_path / "tree.xlsx")

    code, out, _ = liren("import", "tree.xlsx")

    assert code == 1
    assert f"row {book.worksheets[2].max_row}:" in out
    assert (tmp_path / "hierarchy.yaml").read_text("utf-8") == TEXT


def test_check_tells_examples_that_go_elsewhere(liren: Liren, tmp_path: Path):
    examples = (
        "expect:\n"
        "  - {say: 楼上半夜一直在敲, in: xingfuli-b1-residents, category: noise, goes_to: xingfuli-b1-staff}\n"
        "  - {say: 楼上半夜一直在敲, in: xingfuli-b1-residents, goes_to: xinhua-staff, urgent: yes}\n"
    )
    (tmp_path / "hierarchy.yaml").write_text(TEXT.replace("\n...\n", f"\n{examples}...\n"), "utf-8")

    code, out, _ = liren("check", "hierarchy.yaml")

    assert code == 0
    assert "urgent should be yes, is no; goes_to should be 街道工作群, is 1号楼楼栋长群" in out
    assert "examples: 1 of 2 go where they should" in out


def test_a_level_with_another_id_is_refused_once_and_before_it_is_applied(liren: Liren, tmp_path: Path):
    liren("apply", "hierarchy.yaml")
    renamed = TEXT.replace("building: {", "lou: {")
    for key in ("id", "level", "starts_at"):
        renamed = renamed.replace(f"{key}: building", f"{key}: lou")
    (tmp_path / "new.yaml").write_text(renamed, "utf-8")

    tried = liren("apply", "new.yaml", "--dry-run")
    weighed = liren("diff", "new.yaml")
    applied = liren("apply", "new.yaml")

    for code, out, err in (tried, weighed, applied):
        assert code == 1
        assert (out + err).count("这一级的编号改成了") == 1
    line = renamed[: renamed.index("id: lou")].count("\n") + 1
    assert f":{line}: levels.lou" in "".join(applied[1:])


def test_a_root_with_another_id_takes_its_tickets_and_people_along(
    liren: Liren, tmp_path: Path, sqlite_story_url: str
):
    liren("apply", "hierarchy.yaml")
    store = open_store(sqlite_story_url, now=lambda: TUESDAY_NINE)
    store.writer.run_now(lambda unit: unit.tickets.add(a_ticket()))
    people = {"scope": "xinhua", "role": "auditor", "staff_id": None, "now": TUESDAY_NINE}
    account = store.writer.run_now(lambda unit: unit.accounts.add("孙岚", key="孙岚", **people))
    store.writer.run_now(
        lambda unit: unit.api_tokens.add("s", name="n", role="viewer", scope="xinhua", now=TUESDAY_NINE)
    )
    (tmp_path / "new.yaml").write_text(TEXT.replace("- id: xinhua\n", "- id: xinhuajie\n"), "utf-8")

    weighed = liren("diff", "new.yaml")
    done = liren("apply", "new.yaml")

    assert "孙岚" not in weighed[1]
    assert "applied as version 2" in done[1]
    assert store.writer.run_now(lambda unit: unit.tickets.get(a_ticket().number)).root == "xinhuajie"
    assert store.writer.run_now(lambda unit: unit.accounts.find(account)).scope == "xinhuajie"
    assert [each.scope for each in store.writer.run_now(lambda unit: unit.api_tokens.list_all())] == [
        "xinhuajie"
    ]
    store.close_now()
