"""The steps of a draft on its pages: each is named, taken back and done again, whichever way it was made."""

import asyncio
import re

from tests.admin_web.auth.office_house import Browser, OfficeHouse
from tests.admin_web.test_hierarchy_pages import (
    TEXT,
    TREE,
    _migrated_file,
    act,
    admin,
    apply,
    in_force,
    office,
    write,
)
from tests.stories.conftest import sqlite_story_url

__all__ = ["_migrated_file", "admin", "office", "sqlite_story_url"]


async def offered(browser: Browser, path: str = "") -> dict[str, tuple[str, str]]:
    """Of the buttons that are there: the number they carry and what they say."""
    page = (await browser.get(TREE + path)).text
    forms = re.findall(r'data-step="(\w+)">(.*?)</form>', page, re.S)
    return {
        which: (re.search(r'name="number" value="(\d+)"', form)[1], re.search(r"<span>(.*?)</span>", form)[1])
        for which, form in forms
    }


async def turn(browser: Browser, which: str, **fields: str):
    number, _ = (await offered(browser))[which]
    return await browser.post(f"{TREE}/draft/{which}", **{"number": number, "page": "tree", **fields})


async def draft_of(browser: Browser) -> str:
    return (await browser.get(f"{TREE}/code")).text


async def test_each_act_is_named_taken_back_and_done_again(office: OfficeHouse, admin: Browser):
    assert await offered(admin) == {}
    await act(admin, "add_node", node="xingfuli", id="xingfuli-b3", name="3号楼")
    await act(admin, "rename", node="xingfuli-b3", name="三号楼")
    await act(admin, "move", node="xingfuli-b3", to="hepingli")
    assert await offered(admin) == {"undo": ("3", "撤销：把三号楼移到和平里社区")}

    back = await turn(admin, "undo")
    page = await admin.get(back.headers["location"])
    assert "已撤销：把三号楼移到和平里社区" in page.text
    assert await offered(admin) == {
        "undo": ("2", "撤销：把“3号楼”改名为“三号楼”"),
        "redo": ("3", "重做：把三号楼移到和平里社区"),
    }
    await turn(admin, "undo")
    await turn(admin, "undo")
    assert "三号楼" not in await draft_of(admin)
    assert "草稿里的改动都撤销了" in (await admin.get(TREE)).text

    again = await turn(admin, "redo")
    assert again.headers["location"] == f"{TREE}?said=steps.redone&node=xingfuli-b3"
    assert "已重做：新增3号楼" in (await admin.get(again.headers["location"])).text
    assert "id: xingfuli-b3" in await draft_of(admin)
    assert in_force(office) == TEXT


async def test_typing_an_example_and_a_merge_are_steps_too(office: OfficeHouse, admin: Browser):
    line = TEXT[: TEXT.index("2号楼居民群")].count("\n") + 1
    await write(admin, TEXT.replace("2号楼居民群", "2号楼邻里群"))
    assert await offered(admin, "/code") == {"undo": ("1", f"撤销：改写文件第 {line} 行")}
    example = {"message": "楼上半夜一直在敲", "group": "xingfuli-b1-residents", "keep": "1"}
    await admin.post(f"{TREE}/try", **example)
    assert await offered(admin, "/limits") == {"undo": ("2", "撤销：记下例句“楼上半夜一直在敲”")}
    newer = TEXT.replace("1号楼居民群", "1号楼新群").encode()
    await asyncio.to_thread(office.house.office.apply, newer, author="zhaolei", note="")
    await admin.post(f"{TREE}/rebase")

    assert await offered(admin, "/table") == {"undo": ("3", "撤销：放到第 2 版上")}
    await turn(admin, "undo")
    await turn(admin, "undo", page="code")
    back = await turn(admin, "undo", page="code")

    assert back.headers["location"] == f"{TREE}/code?said=steps.undone"
    assert "2号楼居民群" in await draft_of(admin)

    # All of it is taken back, so what was applied meanwhile is no other people's business to be looked at.
    assert "1号楼新群" in await draft_of(admin)
    drawn = (await admin.get(TREE)).text
    assert "草稿里的改动都撤销了" in drawn
    assert "看别人改了什么" not in drawn
    replayed = await turn(admin, "redo", page="replay", day="2026-11-23")
    assert replayed.headers["location"] == f"{TREE}/replay?said=steps.redone&day=2026-11-23"
    shown = (await admin.get(replayed.headers["location"])).text
    assert "已重做：改写文件第" in shown
    assert 'name="day" value="2026-11-23"' in shown


async def test_a_button_of_another_window_takes_nothing_back_that_it_does_not_name(admin: Browser):
    await act(admin, "rename", node="xingfuli-b1", name="一号楼")
    await act(admin, "rename", node="xingfuli-b2", name="二号楼")

    late = await turn(admin, "undo", number="1", node="xingfuli-b1")

    assert late.headers["location"] == f"{TREE}?said=steps.moved_on&node=xingfuli-b1"
    assert "在别的窗口改过" in (await admin.get(late.headers["location"])).text
    assert "一号楼" in await draft_of(admin)


async def test_what_is_applied_or_another_persons_cannot_be_taken_back(office: OfficeHouse, admin: Browser):
    await act(admin, "rename", node="xingfuli-b1", name="一号楼")
    other = await office.signed_in("zhaolei")

    assert await offered(other) == {}
    stolen = await other.post(f"{TREE}/draft/undo", number="1", page="tree")
    assert "steps.moved_on" in stolen.headers["location"]
    assert "一号楼" in await draft_of(admin)


async def test_a_file_from_windows_keeps_its_line_ends_whatever_a_browser_sends(
    office: OfficeHouse, admin: Browser
):
    from_windows = TEXT.replace("\n", "\r\n")
    await asyncio.to_thread(office.house.office.apply, from_windows.encode(), author="file", note="")
    line = TEXT[: TEXT.index("2号楼居民群")].count("\n") + 1

    await write(admin, TEXT.replace("2号楼居民群", "2号楼邻里群"), base=2)
    assert await offered(admin, "/code") == {"undo": ("1", f"撤销：改写文件第 {line} 行")}
    await act(admin, "add_node", node="xingfuli", name="3号楼")
    await apply(admin)

    text = in_force(office)
    assert "id: xingfuli-b3\r\n" in text
    assert text.count("\r\n") == text.count("\n")
