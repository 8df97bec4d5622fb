"""The page of a ticket over HTTP: its story and ladder, who may do what, refusals beside the form, pictures."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from admin_web.ports import Role
from routing.messages import Attachment, Kind
from routing.notice_kinds import Hearer, NoticeKind
from tests.admin_web.auth.office_house import Browser, OfficeHouse
from tests.admin_web.office_tickets import act, report, staff_browser, wait
from tests.storage.rows import PRIVATE_CHAT, a_notice, a_person
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]

CANNED = "维保人员已到场修好，试运行正常。"


@pytest.fixture
async def office(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(sqlite_story_url, tmp_path)
    yield opened
    await opened.close()


def offered(page: str) -> list[str]:
    return re.findall(r'<details class="act" id="act-(\w+)"', page)


def part(page: str, title: str) -> str:
    """A card by the id of its heading, without markup."""
    found = re.search(rf'aria-labelledby="{title}-title">(.*?)</section>', page, re.DOTALL)
    assert found is not None, title
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


async def shown(browser: Browser, number: int) -> str:
    answer = await browser.get(f"/admin/tickets/{number}")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_the_whole_story_is_told_in_order_with_reasons(office: OfficeHouse):
    number = await report(office, "3单元电梯又不动了")
    await act(office, "claim", number, "liqiang")
    await act(office, "add_note", number, "liqiang", text="已约维保下午三点到")
    await act(office, "escalate", number, "liqiang", reason="要换钢丝绳，得街道批")
    browser = await office.signed_in("zhao", Role.VIEWER)

    story = part(await shown(browser, number), "story")

    places = [
        story.index(each)
        for each in (
            "居民反映，派给幸福里物业群", "3单元电梯又不动了", "李强认领", "已约维保下午三点到",
            "李强上报到幸福里社区，派给幸福里网格工作群", "要换钢丝绳，得街道批",
        )
    ]  # fmt: skip
    assert places == sorted(places)


async def test_what_somebody_else_has_is_not_called_ended(office: OfficeHouse):
    number = await report(office, "楼上太吵", category="noise")
    browser = await staff_browser(office, "liqiang")

    asked = await shown(browser, number)
    await act(office, "claim", number, "chenjie")
    taken = await shown(browser, number)
    await act(office, "resolve", number, "chenjie", result="已劝阻")
    done = await shown(browser, number)

    assert "这张工单现在由1号楼楼栋长群办" in asked
    assert "这张工单现在由陈杰办" in taken
    assert "已经办结，在等居民评价。" in done


async def test_an_admin_of_the_tree_helps_out_where_they_have_no_part_themselves(office: OfficeHouse):
    number = await report(office, "楼上太吵", category="noise")
    office.add("li", Role.NODE_ADMIN, "xingfuli", staff="liqiang")
    browser = office.browser()
    await browser.sign_in("li")

    page = await shown(browser, number)
    for_chenjie = (await browser.get(f"/admin/tickets/{number}?as=chenjie")).text

    assert '<option value="chenjie">' in page
    assert offered(page)[:1] != ["claim"]
    assert offered(for_chenjie)[:1] == ["claim"]
    assert '<option value="chenjie" selected>' in for_chenjie


async def test_the_ladder_shows_what_was_what_is_and_what_would_come(office: OfficeHouse):
    number = await report(office, "电梯不动了")
    await act(office, "escalate", number, "liqiang", reason="修不了")
    browser = await office.signed_in("zhao", Role.VIEWER)

    ladder = part(await shown(browser, number), "ladder")

    assert re.search(r"1号楼 楼栋 · 幸福里物业群 11-24 09:00 到 11-24 09:00", ladder)
    assert re.search(r"幸福里社区 现在 社区 · 幸福里网格工作群 还剩 2 小时", ladder)
    assert re.search(r"新华街道 街道 · 街道工作群 11-24 11:00 转到这里", ladder)
    assert "超时会督办" in ladder


async def test_a_grid_worker_claims_and_takes_it_back(office: OfficeHouse):
    number = await report(office, "楼上半夜在敲", category="noise")
    browser = await staff_browser(office, "chenjie", "xingfuli-b1")

    answer = await browser.post(f"/admin/tickets/{number}/claim")
    page = (await browser.get(answer.headers["location"])).text
    undone = await browser.post(f"/admin/tickets/{number}/release")

    assert answer.headers["location"] == f"/admin/tickets/{number}?done=claim"
    assert "已认领。" in page
    assert "点错了？" in page
    assert offered(page)[0] == "resolve"
    assert undone.headers["location"].endswith("?done=release")
    assert offered(await shown(browser, number))[0] == "claim"


async def test_a_refusal_stands_beside_its_form_and_nothing_typed_is_lost(office: OfficeHouse):
    number = await report(office, "楼上半夜在敲", category="noise")
    await act(office, "claim", number, "chenjie")
    browser = await staff_browser(office, "chenjie", "xingfuli-b1")

    past = await browser.post(f"/admin/tickets/{number}/pause", choice="2026-11-20", text="等配件<b>")
    empty = await browser.post(f"/admin/tickets/{number}/resolve", text="  ")
    bare = await browser.post(f"/admin/tickets/{number}/merge")
    full = "修" * 1999
    long = await browser.post(f"/admin/tickets/{number}/note", text=f"{full}很久很久，{'还没好' * 50}")
    noted = await browser.post(f"/admin/tickets/{number}/note", text=f"{full}\r\n")

    form = re.search(r'id="act-pause" open>.*?</details>', past.text, re.DOTALL)[0]
    assert past.status_code == empty.status_code == 422
    assert "请选一个以后的日期。" in form
    assert 'value="2026-11-20"' in form
    assert "等配件&lt;b&gt;</textarea>" in form
    assert "请写一句处理结果。" in empty.text
    assert "请填工单号，例如 1024。" in bare.text
    assert long.status_code == 422
    assert "写得太长了，请不超过 2000 字。" in long.text
    assert "还没好</textarea>" in long.text
    assert noted.status_code == 303


async def test_refusals_are_in_the_language_of_the_visitor(office: OfficeHouse):
    number = await report(office, "楼上半夜在敲", category="noise")
    browser = await staff_browser(office, "chenjie", "xingfuli-b1")
    browser.client.cookies.set("liren-language", "en", domain="liren.test", path="/")
    await act(office, "claim", number, "chenjie")

    answer = await browser.post(f"/admin/tickets/{number}/claim")

    assert answer.status_code == 422
    assert f"#{number} was claimed by 陈杰." in answer.text


async def test_a_canned_answer_of_the_category_is_taken_where_no_words_stand(office: OfficeHouse):
    tree = office.folder / "hierarchy.yaml"
    text = tree.read_text("utf-8").replace("id: elevator\n", f"id: elevator\n    replies: [{CANNED}]\n", 1)
    tree.write_text(text, "utf-8")
    await office.house.tree_file.look()
    number = await report(office, "电梯不动了")
    await act(office, "claim", number, "liqiang")
    browser = await staff_browser(office, "liqiang")

    page = await shown(browser, number)
    await browser.post(f"/admin/tickets/{number}/resolve", reply=CANNED, text="")

    assert f'<option value="{CANNED}">' in page
    assert CANNED in part(await shown(browser, number), "story")


async def test_whoever_only_looks_has_no_forms_and_may_send_none(office: OfficeHouse):
    number = await report(office, "电梯不动了")
    browser = await office.signed_in("viewer", Role.VIEWER, "xingfuli")

    page = await shown(browser, number)

    assert offered(page) == []
    assert "不能办理" in page
    assert (await browser.post(f"/admin/tickets/{number}/claim")).status_code == 403
    assert (await browser.post(f"/admin/tickets/{number}/claim", by="liqiang")).status_code == 403
    assert (await browser.post(f"/admin/tickets/{number}/urge")).status_code == 403
    assert (await browser.post(f"/admin/tickets/{number}/explode")).status_code == 404


async def test_an_admin_acts_in_the_name_of_those_below_and_of_nobody_else(office: OfficeHouse):
    number = await report(office, "电梯不动了")
    browser = await office.signed_in("admin", Role.NODE_ADMIN, "xingfuli")

    page = await shown(browser, number)
    nameless = await browser.post(f"/admin/tickets/{number}/claim")
    above = await browser.post(f"/admin/tickets/{number}/claim", by="zhao")
    done = await browser.post(f"/admin/tickets/{number}/claim", by="zhoujun")

    assert re.findall(r'<option value="(\w+)"[^>]*>[^<]*（', part_of_names(page)) == [
        "liqiang",
        "zhoujun",
        "chenjie",
        "wangfang",
    ]
    assert "请选以谁的名义办理。" in nameless.text
    assert above.status_code == 403
    assert done.headers["location"] == f"/admin/tickets/{number}?done=claim&as=zhoujun"
    assert "周军认领" in part(await shown(browser, number), "story")
    (noted,) = [
        each for each in office.house.store.reads.list_audit(limit=50) if each.kind == "ticket.acted_for"
    ]
    assert (noted.subject, noted.by) == (f"ticket:{number}", "admin")
    assert noted.content == '{"staff":"zhoujun","verb":"claim"}'


def part_of_names(page: str) -> str:
    return re.search(r'<select id="as".*?</select>', page, re.DOTALL)[0]


async def test_an_office_urges_adds_and_withdraws_for_a_reporter(office: OfficeHouse):
    number = await report(office, "电梯不动了")
    browser = await office.signed_in("admin", Role.NODE_ADMIN, "xingfuli")

    await browser.post(f"/admin/tickets/{number}/add", text="老人住在六楼")
    await browser.post(f"/admin/tickets/{number}/urge")
    again = await browser.post(f"/admin/tickets/{number}/urge")
    await browser.post(f"/admin/tickets/{number}/withdraw")

    story = part(await shown(browser, number), "story")
    assert "居民（admin代）补充" in story
    assert "老人住在六楼" in story
    assert re.search(r"刚催过，工作人员已经看到。11-24 \d\d:\d\d 以后可以再催。", again.text)
    assert "撤回" in story


async def test_every_form_of_a_ticket_in_hand_does_what_it_says(office: OfficeHouse):
    browser = await staff_browser(office, "wangfang")
    other = await report(office, "楼上半夜又在敲", category="noise")
    forms = {
        "note": {"text": "看过了"},
        "question": {"text": "几楼？"},
        "transfer": {"choice": "chenjie"},
        "pause": {"choice": "2026-11-26", "text": "等配件"},
        "escalate": {"text": "要街道协调"},
        "hand_back": {"choice": "属地不符", "text": "是隔壁小区"},
        "release": {},
        "sort": {"choice": "water"},
        "urgent": {"text": "有老人"},
        "merge": {"choice": f"#{other}"},
        "decline": {"text": "请找法院"},
        "resolve": {"text": "已上门调解"},
    }
    done = {}

    for verb, fields in forms.items():
        number = await report(office, "楼上半夜在敲", category="noise")
        await act(office, "claim", number, "wangfang")
        assert verb in offered(await shown(browser, number)), verb
        answer = await browser.post(f"/admin/tickets/{number}/{verb}", **fields)
        done[verb] = answer.headers.get("location", answer.text).rpartition("?done=")[2]

    assert done == {verb: verb for verb in forms}


async def test_pictures_are_seen_only_through_their_own_ticket(office: OfficeHouse):
    number, other = await report(office, "电梯不动了"), await report(office, "电梯门关不上")

    def keep(unit):
        person = unit.people.add(a_person("777"))
        sent = Attachment(Kind.IMAGE, "file")
        picture_id = unit.pictures.want(
            sent, address=PRIVATE_CHAT, ticket_number=number, person_id=person.person_id, now=office.now
        )
        unit.pictures.keep(picture_id, b"jpeg", media_type="image/jpeg")
        return picture_id

    picture_id = office.house.store.writer.run_now(keep)
    browser = await office.signed_in("viewer", Role.VIEWER, "xingfuli")
    stranger = await office.signed_in("stranger", Role.VIEWER, "hepingli")
    path = f"/admin/tickets/{number}/pictures/{picture_id}"

    answer = await browser.get(path)

    assert (answer.content, answer.headers["content-type"]) == (b"jpeg", "image/jpeg")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert f'src="{path}"' in await shown(browser, number)
    assert (await browser.get(f"/admin/tickets/{other}/pictures/{picture_id}")).status_code == 404
    assert (await stranger.get(path)).status_code == 404
    assert (await browser.get(f"/admin/tickets/{number}/pictures/{'9' * 20}")).status_code == 404


async def test_who_was_told_and_what_did_not_arrive_and_why(office: OfficeHouse):
    number = await report(office, "电梯不动了")
    await office.house.delivery.deliver()
    lost = a_notice(number, hearer=Hearer.staff("liqiang"), kind=NoticeKind.REMINDER)
    office.house.store.writer.run_now(lambda unit: unit.outbox.add(lost, [], now=office.house.clock.now()))
    browser = await office.signed_in("viewer", Role.VIEWER, "xingfuli")

    letters = part(await shown(browser, number), "letters")

    assert "幸福里物业群 已发出 有新工单，请认领" in letters
    assert "李强 联系不上 快到时限了 没有能找到对方的聊天渠道" in letters


async def test_tickets_of_the_same_kind_nearby_are_shown(office: OfficeHouse):
    number = await report(office, "电梯不动了")
    await report(office, "2号楼电梯门关不上", node="xingfuli-b2")
    await report(office, "隔壁社区电梯坏了", node="hepingli-b5")
    await report(office, "楼上半夜在敲", category="noise")
    browser = await office.signed_in("admin", Role.ADMIN)

    nearby = part(await shown(browser, number), "nearby")

    assert "2号楼电梯门关不上" in nearby
    assert "隔壁社区" not in nearby
    assert "半夜" not in nearby


async def test_a_late_ticket_at_the_top_says_that_it_is_supervised(office: OfficeHouse):
    number = await report(office, "电梯不动了")
    for who in ("liqiang", "wangfang"):
        await act(office, "escalate", number, who, reason="难办")
    wait(office, days=3)
    await office.house.sweeper.sweep()
    browser = await office.signed_in("viewer", Role.VIEWER)

    page = await shown(browser, number)

    assert "督办：已经超时" in part(page, "story")
    assert "最上一级，超时会督办" in part(page, "ladder")
    assert "超时 2 天" in page
