"""The pages on the tree, over a whole house: drafts, plans, conflicts, heirs, rights, spreadsheets, trying."""

import re
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from admin_web.ports import EVERYTHING
from bot.channels.sandbox.inbound import Spoken, parse_message
from tests.admin_web.auth.office_house import Browser, OfficeHouse
from tests.stories.conftest import _migrated_file, sqlite_story_url
from tests.stories.world import STREET

__all__ = ["_migrated_file", "sqlite_story_url"]

TREE = "/admin/hierarchy"
TEXT = STREET.read_text("utf-8")
RENAMED = TEXT.replace("name: 2号楼居民群", "name: 2号楼邻里群")
BUILDING_ONE = TEXT[TEXT.index("          - id: xingfuli-b1") : TEXT.index("          - id: xingfuli-b2")]
WITHOUT_ONE = TEXT.replace(BUILDING_ONE, "")


@pytest.fixture
async def office(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(sqlite_story_url, tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
async def admin(office: OfficeHouse) -> Browser:
    return await office.signed_in("admin")


async def write(browser: Browser, text: str, base: int = 1) -> None:
    answer = await browser.post(f"{TREE}/draft", text=text, base=str(base))
    assert answer.status_code == 303, answer.text


async def apply(browser: Browser, **fields: str):
    """As if the plan of the draft as it is had been looked at."""
    shown = await browser.get(f"{TREE}/code")
    revision = re.search(r'name="revision" value="(\d+)"', shown.text)
    assert revision is not None
    return await browser.post(f"{TREE}/apply", revision=revision[1], **fields)


async def act(browser: Browser, verb: str, **fields: str):
    return await browser.post(f"{TREE}/act", verb=verb, **fields)


def in_force(office: OfficeHouse) -> str:
    return office.house.office.text()


async def report(office: OfficeHouse, text: str = "楼上半夜一直在敲，睡不着") -> int:
    """A neighbour says it in the group of 1号楼; the number of the ticket."""
    spoken = Spoken(group="xingfuli-b1-residents", sender="u1", name="1-201", text=text, mention=True)
    now = office.house.clock.now()
    inbound = parse_message(spoken, key="m1", now=now, picture=None, replies_to_bot=False)
    answer = await office.house.receive(inbound)
    assert answer.ticket_number is not None
    return answer.ticket_number


async def test_the_drawing_opens_on_the_way_to_the_place_that_is_shown(admin: Browser):
    top = await admin.get(TREE)
    below = await admin.get(f"{TREE}?node=hepingli-b5")

    assert "幸福里社区" in top.text
    assert 'data-node="xingfuli-b1"' not in top.text
    assert 'data-node="hepingli-b5"' in below.text
    assert 'data-node="xingfuli-b1"' not in below.text
    assert "和平里5号楼居民群" in below.text


async def test_a_branch_is_fetched_piece_by_piece(office: OfficeHouse, admin: Browser):
    many = TEXT.replace(
        "          - id: xingfuli-b2\n", '          - repeat: "2-90"\n            id: "xingfuli-b{n}"\n', 1
    )
    many = many.replace("name: 2号楼\n", 'name: "{n}号楼"\n').replace(
        "{id: xingfuli-b2-residents, kind: residents, name: 2号楼居民群, scene: b2}",
        '{id: "xingfuli-b{n}-residents", kind: residents, name: "{n}号楼居民群"}',
    )
    await write(admin, many)

    first = await admin.get(f"{TREE}/branch?node=xingfuli")
    second = await admin.get(f"{TREE}/branch?node=xingfuli&begin=60")

    assert first.text.count("data-node=") == 60
    assert 'data-begin="60"' in first.text
    assert second.text.count("data-node=") == 30
    assert "成批" in first.text
    assert 'data-node="xingfuli-b90"' in (await admin.get(f"{TREE}?node=xingfuli-b90")).text


async def test_a_form_edits_the_draft_and_nothing_that_is_in_force(office: OfficeHouse, admin: Browser):
    answer = await act(admin, "add_node", node="xingfuli", id="xingfuli-b3", name="3号楼")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{TREE}?node=xingfuli-b3")
    assert "新增" in (await admin.get(f"{TREE}?node=xingfuli-b3")).text
    assert "xingfuli-b3" not in in_force(office)
    assert "id: xingfuli-b3" in (await admin.get(f"{TREE}/code")).text


async def test_a_form_that_cannot_be_done_keeps_what_was_typed(admin: Browser):
    answer = await act(admin, "add_node", node="xingfuli", id="xingfuli-b1", name="又一个")

    assert answer.status_code == 422
    assert "编号“xingfuli-b1”已经有了" in answer.text
    assert 'value="又一个"' in answer.text
    assert re.search(r'value="xingfuli-b1"[^>]*aria-invalid="true"', answer.text)


async def test_the_plan_says_what_it_means_and_apply_makes_a_version_with_author_and_note(
    office: OfficeHouse, admin: Browser
):
    await write(admin, RENAMED)

    plan = await admin.get(f"{TREE}/plan")
    applied = await apply(admin, note="换个叫法")

    assert "改名群：2号楼邻里群（xingfuli-b2-residents，幸福里社区2号楼）" in plan.text
    assert applied.headers["location"] == f"{TREE}/versions?said=tree.said.applied"
    versions = await admin.get(f"{TREE}/versions")
    assert "换个叫法" in versions.text
    assert "admin" in versions.text
    assert in_force(office) == RENAMED
    assert (office.folder / "hierarchy.yaml").read_text("utf-8") == RENAMED
    assert (await admin.get(f"{TREE}/plan")).status_code == 303


async def test_a_draft_with_problems_is_kept_and_cannot_come_into_force(office: OfficeHouse, admin: Browser):
    await write(admin, TEXT.replace("kind: property", "kind: proprety"))

    plan = await admin.get(f"{TREE}/plan")
    applied = await apply(admin)

    assert (plan.status_code, applied.status_code) == (200, 422)
    assert "proprety" in plan.text
    assert "proprety" in (await admin.get(f"{TREE}/code")).text
    assert in_force(office) == TEXT
    assert re.search(r"草稿里有 \d 处问题", (await admin.get(TREE)).text)


async def test_a_stale_edit_is_409_with_both_differences_and_goes_on_from_the_newest(
    office: OfficeHouse, admin: Browser
):
    other = await office.signed_in("other")
    await write(admin, RENAMED)
    await write(other, TEXT.replace("name: 陈杰", "name: 陈洁"))
    await apply(other, note="改错字")

    refused = await apply(admin, note="邻居起的名字")
    assert refused.status_code == 409
    assert "别人先改了" in refused.text
    assert "改错字" in refused.text
    assert "陈洁" in refused.text
    assert "2号楼邻里群" in refused.text
    assert in_force(office) == TEXT.replace("name: 陈杰", "name: 陈洁")

    again = await admin.post(f"{TREE}/rebase")
    assert again.headers["location"].endswith("left=0")
    assert 'value="邻居起的名字"' in (await admin.get(f"{TREE}/plan")).text
    await apply(admin)
    assert in_force(office) == RENAMED.replace("name: 陈杰", "name: 陈洁")


async def test_a_draft_that_changed_behind_the_plan_is_shown_again(admin: Browser):
    await write(admin, RENAMED)
    await write(admin, TEXT.replace("name: 陈杰", "name: 陈洁"))

    answer = await admin.post(f"{TREE}/apply", revision="1")

    assert answer.status_code == 422
    assert "请再看一遍" in answer.text


async def test_going_back_is_a_new_version_with_a_plan_of_its_own(office: OfficeHouse, admin: Browser):
    await write(admin, RENAMED)
    await apply(admin)
    await write(admin, RENAMED.replace("name: 陈杰", "name: 陈洁"), base=2)

    shown = await admin.get(f"{TREE}/restore?number=1")
    answer = await admin.post(f"{TREE}/restore", number="1", base="2", note="退回")

    assert "改名群：2号楼居民群" in shown.text
    assert answer.headers["location"].endswith("tree.said.applied")
    assert office.house.office.current().version == 3
    assert in_force(office) == TEXT
    assert "陈洁" in (await admin.get(f"{TREE}/code")).text, "the draft is not touched"


async def test_going_back_over_a_version_that_came_meanwhile_is_409(office: OfficeHouse, admin: Browser):
    await write(admin, RENAMED)
    await apply(admin)
    await write(admin, RENAMED.replace("name: 陈杰", "name: 陈洁"), base=2)
    await apply(admin)

    answer = await admin.post(f"{TREE}/restore", number="1", base="2")

    assert answer.status_code == 409
    assert office.house.office.current().version == 3


async def test_tickets_of_a_place_that_goes_need_an_heir_and_a_yes(office: OfficeHouse, admin: Browser):
    number = await report(office)
    await write(admin, WITHOUT_ONE)

    plan = await admin.get(f"{TREE}/plan")
    unnamed = await apply(admin)
    unconfirmed = await apply(admin, **{"heir.xingfuli-b1": "xinhua"})
    elsewhere = await apply(admin, confirm_heirs="1", **{"heir.xingfuli-b1": "hepingli-b5"})
    applied = await apply(admin, confirm_heirs="1", **{"heir.xingfuli-b1": "xinhua"})

    assert "幸福里社区1号楼：1 张工单交给新华街道幸福里社区" in plan.text
    assert "陈杰：少看到 1 张" in plan.text
    assert [each.status_code for each in (unnamed, unconfirmed, elsewhere)] == [422, 422, 422]
    assert "请先勾选确认" in unconfirmed.text
    assert re.search(r'value="xinhua" selected', unconfirmed.text), "what was chosen stays"
    assert applied.status_code == 303
    found = office.house.store.reads.tickets.find(number, scope=EVERYTHING)
    assert found is not None
    assert found.ticket.node == "xinhua"


async def test_a_day_is_replayed_on_the_draft(office: OfficeHouse, admin: Browser):
    await report(office)
    await write(admin, TEXT.replace("handled_by: staff", "handled_by: property"))
    today = office.house.clock.now().date().isoformat()

    elsewhere = await admin.get(f"{TREE}/replay?day={today}")
    await admin.post(f"{TREE}/draft/put-away")
    same = await admin.get(f"{TREE}/replay?day={today}")
    never = await admin.get(f"{TREE}/replay?day=2020-01-01")

    assert "1 张里有 1 张会去别处" in elsewhere.text
    assert "噪音扰民 → 幸福里物业群" in elsewhere.text
    assert "都会去原来的地方" in same.text
    assert "那一天没有工单" in never.text


async def test_any_two_versions_are_compared(admin: Browser):
    await write(admin, RENAMED)
    await apply(admin)

    shown = await admin.get(f"{TREE}/versions/compare?old=1&new=2")
    back = await admin.get(f"{TREE}/versions/compare?old=2&new=1")

    assert "改名群：2号楼邻里群" in shown.text
    assert "改名群：2号楼居民群" in back.text
    assert "diff-come" in shown.text


async def test_a_draft_is_put_away_and_taken_up_again(admin: Browser):
    await write(admin, RENAMED)

    await admin.post(f"{TREE}/draft/put-away")
    away = await admin.get(f"{TREE}/code")
    await admin.post(f"{TREE}/draft/take-up")
    back = await admin.get(f"{TREE}/code")

    assert "邻里群" not in away.text
    assert "邻里群" in back.text


async def test_the_editors_script_is_told_problems_and_ids(admin: Browser):
    broken = await admin.post(f"{TREE}/check", text=TEXT.replace("kind: property", "kind: proprety"))
    right = await admin.post(f"{TREE}/check", text=TEXT)

    assert broken.json()["ok"] is False
    assert right.json()["newest"] == 1
    assert [each["line"] for each in broken.json()["problems"]]
    assert ["building", "楼栋"] in right.json()["ids"]["levels"]


async def test_two_windows_do_not_overwrite_each_other(admin: Browser):
    one = await admin.post(f"{TREE}/draft", text=RENAMED, base="1", revision="0", by="script")
    await admin.post(f"{TREE}/draft", text=TEXT + "# b\n", base="1", revision="1", by="script")
    late = await admin.post(f"{TREE}/draft", text=TEXT + "# a\n", base="1", revision="1", by="script")

    assert (one.status_code, one.json()["revision"]) == (200, 1)
    assert (late.status_code, late.json()["revision"]) == (409, 2)
    assert "# b" in (await admin.get(f"{TREE}/code")).text


async def test_a_message_is_tried_on_the_draft_and_kept_as_an_example(office: OfficeHouse, admin: Browser):
    moved = TEXT.replace("handled_by: property", "handled_by: staff")
    await write(admin, moved)

    tried = await admin.post(f"{TREE}/try", message="电梯坏了", group="1号楼居民群", by="script")
    unknown = await admin.post(f"{TREE}/try", message="电梯坏了", group="没有这个群", by="script")
    await admin.post(f"{TREE}/try", message="电梯坏了", group="1号楼居民群", keep="1")

    assert "1号楼楼栋长群" in tried.text
    assert "没有找到这个群" in unknown.text
    assert "{say: 电梯坏了, in: xingfuli-b1-residents" in (await admin.get(f"{TREE}/code")).text
    await apply(admin)
    await write(
        admin,
        in_force(office)
        .replace("id: xingfuli-b1-staff", "id: xingfuli-b1-heads")
        .replace("groups: [xingfuli-b1-staff]", "groups: [xingfuli-b1-heads]")
        .replace("goes_to: xingfuli-b1-staff", "goes_to: xinhua-staff"),
        base=2,
    )
    refused = await apply(admin)
    confirmed = await apply(admin, confirm_examples="1")
    await write(admin, in_force(office).replace("name: 2号楼居民群", "name: 2号楼邻里群"), base=3)
    again = await admin.get(f"{TREE}/plan")
    assert "（现在就是这样）" in again.text
    assert "confirm_examples" not in again.text
    assert (await apply(admin)).status_code == 303
    assert refused.status_code == 422
    assert "没按预期走的例句" in refused.text
    assert confirmed.status_code == 303


async def test_the_tree_goes_out_as_a_spreadsheet_and_comes_back_as_a_plan(
    office: OfficeHouse, admin: Browser
):
    sent = await admin.get(f"{TREE}/table.xlsx")
    book = load_workbook(BytesIO(sent.content))
    page = book.worksheets[0]
    next(row for row in page.iter_rows() if row[0].value == "xingfuli-b2")[1].value = "二号楼"
    held = BytesIO()
    book.save(held)

    taken = await upload(admin, held.getvalue())
    plan = await admin.get(f"{TREE}/plan")
    refused = await upload(admin, b"no spreadsheet")

    assert taken.headers["location"] == f"{TREE}/plan"
    assert "改名节点：二号楼" in plan.text
    assert refused.status_code == 422
    assert "这不是能读的 XLSX 文件" in refused.text


async def upload(browser: Browser, content: bytes):
    return await browser.client.post(
        f"{TREE}/table",
        data={"csrf": browser.csrf},
        files={"file": ("t.xlsx", content)},
        headers={"accept": "text/html", "origin": browser.base_url, "sec-fetch-site": "same-origin"},
    )


async def test_limits_are_edited_in_their_table(office: OfficeHouse, admin: Browser):
    wrong = await act(admin, "set_limits", **{"normal/building/claim": "bald"})
    right = await act(admin, "set_limits", **{"normal/building/claim": "30m"})

    assert wrong.status_code == 422
    assert "“bald”不是时长" in wrong.text
    assert 'value="bald"' in wrong.text
    assert "周一至周五 09:00–12:00、14:00–18:00</option>" in wrong.text
    assert right.headers["location"].startswith(f"{TREE}/limits")
    assert "时限的修改只管今后的新工单" in (await admin.get(f"{TREE}/plan")).text


async def test_every_page_is_complete_in_english(admin: Browser):
    await write(admin, RENAMED)
    await admin.post("/language", language="en", next="/admin")

    for path in ("", "/code", "/limits", "/table", "/replay", "/versions", "/versions/compare", "/plan"):
        page = await admin.get(f"{TREE}{path}")
        shown = re.sub(r"<textarea.*?</textarea>|<code>.*?</code>|<[^>]+>", " ", page.text, flags=re.S)
        left = set(re.findall("[\u4e00-\u9fff]+", shown)) - set(re.findall("[\u4e00-\u9fff]+", RENAMED))
        assert page.status_code == 200, path
        assert left <= {"中文", "里仁", "节点", "群", "人员"}, (path, left)
