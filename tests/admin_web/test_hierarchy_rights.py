"""Who edits what of the tree: a node admin below their place and nothing else, an auditor nothing at all."""

import re
from html import unescape
from io import BytesIO

from openpyxl import load_workbook

from admin_web.ports import Role
from tests.admin_web.auth.office_house import OfficeHouse
from tests.admin_web.test_hierarchy_pages import (
    RENAMED,
    TEXT,
    TREE,
    _migrated_file,
    act,
    apply,
    in_force,
    office,
    sqlite_story_url,
    upload,
    write,
)

__all__ = ["_migrated_file", "office", "sqlite_story_url"]


async def test_a_node_admin_edits_below_and_is_told_what_lies_outside(office: OfficeHouse):
    browser = await office.signed_in("below", Role.NODE_ADMIN, "xingfuli")
    await write(browser, RENAMED.replace("name: 和平里社区", "name: 别人的社区"))

    plan = await browser.get(f"{TREE}/plan")
    refused = await apply(browser)
    await write(browser, RENAMED)
    allowed = await apply(browser)

    assert "超出您范围的改动" in plan.text
    assert "hepingli" in plan.text
    assert refused.status_code == 403
    assert allowed.status_code == 303
    assert in_force(office) == RENAMED


async def test_a_node_admin_keeps_examples_of_their_own_people_only(office: OfficeHouse):
    browser = await office.signed_in("below", Role.NODE_ADMIN, "xingfuli")
    example = "expect:\n  - {{say: 太吵了, in: {group}, category: noise}}\n...\n"
    own, others = "xingfuli-b1-residents", "hepingli-b5-residents"

    await write(browser, TEXT.replace("...\n", example.format(group=others)))
    refused = await apply(browser)
    await write(browser, TEXT.replace("...\n", example.format(group=own)))
    allowed = await apply(browser)

    assert (refused.status_code, allowed.status_code) == (403, 303)


async def test_a_node_admin_sees_and_touches_only_below(office: OfficeHouse):
    browser = await office.signed_in("below", Role.NODE_ADMIN, "xingfuli")

    page = await browser.get(f"{TREE}?node=hepingli")
    branch = await browser.get(f"{TREE}/branch?node=hepingli")
    found = await browser.get(f"{TREE}?q=和平里")

    assert "和平里" not in page.text
    assert branch.text.strip() == ""
    assert "没有找到" in found.text
    assert (await act(browser, "rename", node="hepingli", name="x")).status_code == 422
    assert (await act(browser, "set_limits", **{"normal/building/claim": "2h"})).status_code == 422
    assert (await browser.get(f"{TREE}/code")).text.count("xingfuli-b2") > 0


OTHERS = ("hepingli", "和平里社区", "孙丽", "sunli", "xinhua-staff", "赵敏")


def written_in(page: str) -> str:
    found = re.search(r"<textarea id=.code.[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return unescape(found[1])


async def test_a_node_admin_reads_and_writes_their_own_lines_of_the_file(office: OfficeHouse):
    browser = await office.signed_in("below", Role.NODE_ADMIN, "xingfuli")

    page = await browser.get(f"{TREE}/code")
    shown = written_in(page.text)
    checked = await browser.post(f"{TREE}/check", text=shown.replace("scene: b2", "scen: b2"))
    await write(browser, shown.replace("name: 2号楼居民群", "name: 2号楼邻里群"))
    plan = await browser.get(f"{TREE}/plan")
    applied = await apply(browser)

    for each in (page, checked, plan):
        assert [word for word in OTHERS if word in each.text] == []
    place = re.search(r"code#line-(\d+)", (await browser.get(f"{TREE}?node=xingfuli-b2")).text)
    assert place is not None
    assert shown.split("\n")[int(place[1]) - 1].strip() == "- id: xingfuli-b2"
    line = checked.json()["problems"][0]["line"]
    assert "scene: b2" in shown.split("\n")[line - 1]
    assert applied.status_code == 303
    assert in_force(office) == RENAMED


async def test_a_draft_of_a_part_stays_as_it_was_typed_whatever_stands_in_it(office: OfficeHouse):
    browser = await office.signed_in("below", Role.NODE_ADMIN, "xingfuli")
    typed = written_in((await browser.get(f"{TREE}/code")).text)

    for old, new in (
        ("name: 2号楼居民群", "name: [2号楼"),
        ("    level: street\n", "    # 别处的话\n    level: street\n"),
    ):
        typed = typed.replace(old, new)
        await write(browser, typed)
        assert written_in((await browser.get(f"{TREE}/code")).text) == typed
    refused = await browser.post(f"{TREE}/draft", text=typed.replace("#⋯1", "# "), base="1")

    assert refused.status_code == 422
    assert "#⋯2 这一行" in refused.text
    assert written_in(refused.text) == typed.replace("#⋯1", "# ")
    assert written_in((await browser.get(f"{TREE}/code")).text) == typed


async def test_versions_spreadsheets_and_trials_show_a_node_admin_their_own_part(office: OfficeHouse):
    browser = await office.signed_in("below", Role.NODE_ADMIN, "xingfuli")
    both = RENAMED.replace("name: 和平里网格工作群", "name: 和平里工作群")
    office.house.office.apply(both.encode(), author="root", note="")

    compared = await browser.get(f"{TREE}/versions/compare?old=1&new=2")
    back = await browser.get(f"{TREE}/restore?number=1")
    tried = await browser.post(f"{TREE}/try", message="太吵了", group="hepingli-b5-residents")
    sheet = (await browser.get(f"{TREE}/table.xlsx")).content
    rows = [cell.value for page in load_workbook(BytesIO(sheet)) for row in page.iter_rows() for cell in row]
    taken = await upload(browser, sheet)

    assert "2号楼邻里群" in compared.text
    for each in (compared, tried):
        assert [word for word in OTHERS if word in each.text] == []
    assert "和平里网格工作群" not in back.text
    assert "超出您范围的改动" in back.text
    assert "xingfuli-b1" in rows
    assert not [each for each in rows if str(each).startswith(("hepingli", "sunli", "zhao"))]
    assert taken.headers["location"] == f"{TREE}/table?same=1"


async def test_an_auditor_reads_and_changes_nothing(office: OfficeHouse):
    whole = await office.signed_in("auditor", Role.AUDITOR)
    part = await office.signed_in("part", Role.AUDITOR, "xingfuli")

    assert "readonly" in (await whole.get(f"{TREE}/code")).text
    assert "记进草稿" not in (await whole.get(TREE)).text
    assert (await part.get(TREE)).status_code == 200
    for path in ("code", "versions", "versions/compare"):
        assert (await part.get(f"{TREE}/{path}")).status_code == 403, path
