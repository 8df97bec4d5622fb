"""Who edits what of the tree: a node admin below their place and nothing else, an auditor nothing at all."""

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


async def test_an_auditor_reads_and_changes_nothing(office: OfficeHouse):
    whole = await office.signed_in("auditor", Role.AUDITOR)
    part = await office.signed_in("part", Role.AUDITOR, "xingfuli")

    assert "readonly" in (await whole.get(f"{TREE}/code")).text
    assert "记进草稿" not in (await whole.get(TREE)).text
    assert (await part.get(TREE)).status_code == 200
    for path in ("code", "versions", "versions/compare"):
        assert (await part.get(f"{TREE}/{path}")).status_code == 403, path
