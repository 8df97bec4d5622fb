"""The admins' file through the API: conditions, differences, problems, and what an admin of a part may change."""

from dataclasses import replace

import pytest

from admin_web.hierarchy_office import FileProblem, Impact, RefusedEdit
from admin_web.hierarchy_plan import Change, EditPlan, Fate, Heir, Thing
from admin_web.ports import Role
from storage.hierarchy_file import read_hierarchy
from tests.admin_web.api.house import ApiHouse, assert_problem
from tests.builders import TUESDAY_NINE
from tests.world import World

TEXT = """version: 1
name: 新华街道
levels:
  - {id: building, name: 楼栋}
  - {id: street, name: 街道}
calendars:
  always: {days: [mon, tue, wed, thu, fri, sat, sun], hours: ["00:00-24:00"]}
clocks:
  normal:
    calendar: always
    building: {claim: 1h, resolve: 1d}
    street: {claim: 2h, resolve: 3d}
  urgent:
    calendar: always
    building: {claim: 10m, resolve: 2h}
    street: {claim: 10m, resolve: 2h}
categories:
  - {id: other, name: 其他, starts_at: building, handled_by: staff}
tree:
  - id: xinhua
    level: street
    name: 新华街道
    groups:
      - {id: xinhua-staff, kind: staff, name: 街道工作群, telegram: "-1001"}
    staff:
      - {id: zhao, name: 赵敏, role: 街道专员, groups: [xinhua-staff]}
    children:
      - id: b1
        level: building
        name: 1号楼
        groups:
          - {id: b1-residents, kind: residents, name: 1号楼居民群}
          - {id: b1-staff, kind: staff, name: 1号楼楼栋长}
        staff:
          - {id: chenjie, name: 陈杰, role: 楼栋长, groups: [b1-staff]}
      - id: b2
        level: building
        name: 2号楼
        groups:
          - {id: b2-residents, kind: residents, name: 2号楼居民群}
"""
YAML = {"content-type": "application/yaml"}
BROKEN = TEXT.replace("kind: staff, name: 街道工作群", "kind: staff, name: 街道工作群, colour: red")


@pytest.fixture
def house() -> ApiHouse:
    tree = read_hierarchy(TEXT).hierarchy
    return ApiHouse(World(hierarchy=replace(tree, version=1)), text=TEXT)


async def put(house: ApiHouse, text: str | bytes, *, match: str | None = '"1"', query: str = "", **more):
    headers = YAML if match is None else YAML | {"if-match": match}
    content = text.encode() if isinstance(text, str) else text
    return await house.ask("PUT", f"/api/v1/hierarchy{query}", content=content, headers=headers, **more)


async def test_the_hierarchy_is_read_with_its_version_as_etag(house: ApiHouse):
    response = await house.get("/api/v1/hierarchy")

    assert response.headers["etag"] == '"1"'
    assert response.json()["version"] == 1
    assert response.json()["text"] == TEXT
    tree = response.json()["tree"]
    assert (tree["id"], [each["id"] for each in tree["children"]]) == ("xinhua", ["b1", "b2"])
    assert tree["groups"] == [
        {"id": "xinhua-staff", "kind": "staff", "name": "街道工作群", "channels": ["telegram"]}
    ]
    assert "-1001" not in str(tree)


async def test_who_has_it_already_is_told_so(house: ApiHouse):
    same = [
        await house.get("/api/v1/hierarchy", headers={"if-none-match": tags})
        for tags in ('W/"1"', '"7", "1"', "*")
    ]
    others = [
        await house.get("/api/v1/hierarchy", headers={"if-none-match": tags}) for tags in ('"0"', '"7","8"')
    ]

    assert [(each.status_code, each.content) for each in same] == [(304, b"")] * 3
    assert [each.status_code for each in others] == [200, 200]


async def test_an_edit_is_applied_as_a_new_version(house: ApiHouse):
    house.office.impact = Impact(moves=(1024,), lose_holder=(1025,), changes=("~ b2",))

    response = await put(house, TEXT.replace("2号楼居民群", "2号楼邻里群"), query="?note=改名")

    assert response.status_code == 200, response.text
    assert response.headers["etag"] == '"2"'
    assert response.json() == {
        "version": 2,
        "dry_run": False,
        "impact": {"moves": [1024], "lose_holder": [1025], "changes": ["~ b2"], "heirs": []},
    }
    listed = (await house.get("/api/v1/hierarchy/versions")).json()["items"]
    assert [(each["version"], each["author"], each["note"]) for each in listed] == [(2, "settings", "改名")]


async def test_a_dry_run_tells_the_impact_and_changes_nothing(house: ApiHouse):
    house.office.impact = Impact(moves=(1024,))

    response = await put(house, TEXT.replace("2号楼居民群", "2号楼邻里群"), query="?dry_run=1")

    assert response.json()["impact"]["moves"] == [1024]
    assert (response.json()["version"], response.json()["dry_run"]) == (1, True)
    assert len(house.office.versions) == 1


async def test_an_edit_without_a_condition_is_428(house: ApiHouse):
    assert_problem(await put(house, TEXT, match=None), 428, "condition_needed")


@pytest.mark.parametrize("query", ["", "?dry_run=1"])
async def test_a_stale_edit_is_409_with_what_others_changed(house: ApiHouse, query: str):
    await put(house, TEXT.replace("陈杰", "陈洁"))

    response = await put(house, TEXT.replace("2号楼居民群", "2号楼邻里群"), match='"1"', query=query)

    problem = assert_problem(response, 409, "stale")
    assert response.headers["etag"] == '"2"'
    assert problem["version"] == 2
    lines = problem["difference"]
    assert any(line.startswith("-") and "陈杰" in line for line in lines)
    assert any(line.startswith("+") and "陈洁" in line for line in lines)
    assert not any("邻里群" in line for line in lines)


@pytest.mark.parametrize("match", ['"99"', "yesterday", '""', '"-1"', '"' + "9" * 50 + '"'])
async def test_a_condition_on_a_version_that_never_was_is_409_with_what_would_be_undone(
    house: ApiHouse, match: str
):
    problem = assert_problem(
        await put(house, TEXT.replace("2号楼居民群", "2号楼邻里群"), match=match), 409, "stale"
    )

    assert any(line.startswith("+") and "邻里群" in line for line in problem["difference"])


async def test_a_star_stands_for_whichever_is_newest(house: ApiHouse):
    await put(house, TEXT.replace("陈杰", "陈洁"))

    response = await put(house, TEXT, match="*")

    assert response.json()["version"] == 3


@pytest.mark.parametrize("query", ["", "?dry_run=true"])
async def test_a_broken_file_is_422_with_every_problem_and_its_line(house: ApiHouse, query: str):
    problem = assert_problem(await put(house, BROKEN, query=query), 422, "bad_hierarchy")

    line = (
        BROKEN.splitlines().index(
            '      - {id: xinhua-staff, kind: staff, name: 街道工作群, colour: red, telegram: "-1001"}'
        )
        + 1
    )
    assert [each["line"] for each in problem["problems"]] == [line]
    assert problem["problems"][0]["path"].startswith("tree[0].groups[0]")
    assert problem["problems"][0]["message"]
    assert problem["problems"][0]["message_zh"]
    assert len(house.office.versions) == 1


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a: [", b"&a [*a]", b"- " * 3000, b"no: yes\n"])
async def test_what_is_no_hierarchy_is_422(house: ApiHouse, content: bytes):
    problem = assert_problem(await put(house, content), 422, "bad_hierarchy")

    assert problem["problems"]


async def test_other_content_types_are_415_and_more_than_the_bound_is_413(house: ApiHouse):
    headers = {"content-type": "application/json", "if-match": '"1"'}

    wrong = await house.ask("PUT", "/api/v1/hierarchy", content=b"{}", headers=headers)
    large = await put(house, b"#" * (8 * 1024 * 1024 + 1))

    assert_problem(wrong, 415, "wrong_content_type")
    assert_problem(large, 413, "too_large")


async def test_a_check_says_what_is_wrong_and_changes_nothing(house: ApiHouse):
    good = await house.ask("POST", "/api/v1/hierarchy/check", content=TEXT.encode(), headers=YAML)
    bad = await house.ask("POST", "/api/v1/hierarchy/check", content=BROKEN.encode(), headers=YAML)

    assert (good.json()["ok"], good.json()["problems"]) == (True, [])
    assert bad.json()["ok"] is False
    assert len(bad.json()["problems"]) == 1
    assert len(house.office.versions) == 1


async def test_the_last_refused_edit_of_the_file_is_told(house: ApiHouse):
    before = (await house.get("/api/v1/hierarchy/refused")).json()

    house.office.refused = RefusedEdit(TUESDAY_NINE, (FileProblem(3, "levels", "no", "不行"),))
    after = (await house.get("/api/v1/hierarchy/refused")).json()

    assert before == {"at": None, "problems": []}
    assert after["at"] == "2026-11-24T01:00:00Z"
    assert after["problems"][0]["line"] == 3


@pytest.mark.parametrize("role", [Role.VIEWER, Role.STAFF, Role.AUDITOR])
async def test_only_admins_edit_check_and_look_back(house: ApiHouse, role: Role):
    token = house.token(role)

    answers = [
        await put(house, TEXT, token=token),
        await house.ask("POST", "/api/v1/hierarchy/check", content=b"", headers=YAML, token=token),
        await house.get("/api/v1/hierarchy/versions", token=token),
        await house.get("/api/v1/hierarchy/refused", token=token),
    ]

    for each in answers:
        assert_problem(each, 403, "role_too_small")


BELOW_B1 = {
    "a new name of a member": TEXT.replace("陈杰", "陈洁"),
    "another group": TEXT.replace(
        "          - {id: b1-staff,",
        "          - {id: b1-own, kind: volunteers, name: 志愿者}\n          - {id: b1-staff,",
    ),
}
ELSEWHERE = {
    "a neighbour's group": (TEXT.replace("2号楼居民群", "2号楼邻里群"), ["b2"]),
    "a neighbour gone": (TEXT[: TEXT.index("      - id: b2")], ["b2", "xinhua"]),
    "own name": (TEXT.replace("name: 1号楼\n", "name: 一号楼\n"), ["b1"]),
    "a member of the group above": (
        TEXT.replace("groups: [b1-staff]}", "groups: [b1-staff, xinhua-staff]}"),
        ["xinhua-staff"],
    ),
    "the promise": (TEXT.replace("claim: 1h, resolve: 1d", "claim: 9h, resolve: 9d"), ["settings"]),
    "the name": (TEXT.replace("name: 新华街道\nlevels", "name: 新街道\nlevels"), ["settings"]),
}


@pytest.mark.parametrize("text", BELOW_B1.values(), ids=BELOW_B1)
async def test_an_admin_of_a_part_changes_what_is_below(house: ApiHouse, text: str):
    assert text != TEXT

    response = await put(house, text, token=house.token(Role.NODE_ADMIN, "b1"))

    assert response.status_code == 200, response.text


@pytest.mark.parametrize(("text", "outside"), ELSEWHERE.values(), ids=ELSEWHERE)
async def test_an_admin_of_a_part_changes_nothing_else(house: ApiHouse, text: str, outside: list[str]):
    assert text != TEXT

    response = await put(house, text, token=house.token(Role.NODE_ADMIN, "b1"))

    problem = assert_problem(response, 403, "outside_your_part")
    assert problem["outside"] == outside
    assert len(house.office.versions) == 1


async def test_an_admin_of_a_part_reads_and_sends_back_that_part_of_the_text(house: ApiHouse):
    token = house.token(Role.NODE_ADMIN, "b1")
    text = (await house.get("/api/v1/hierarchy", token=token)).json()["text"]
    edited = text.replace("陈杰", "陈洁")

    checked = await house.ask(
        "POST",
        "/api/v1/hierarchy/check",
        token=token,
        content=text.replace("b1-staff,", "b1 staff,").encode(),
        headers=YAML,
    )
    sent = await put(house, edited, token=token)
    gone = await put(house, edited.replace("#⋯2", "#"), match='"2"', token=token)

    assert TEXT[TEXT.index("      - id: b1") : TEXT.index("      - id: b2")] in text
    assert not [each for each in ("赵敏", "-1001", "xinhua-staff", "b2") if each in text]
    wrong = checked.json()["problems"][0]["line"]
    assert text.split("\n")[wrong - 1].strip().startswith("- {id: b1-staff")
    assert sent.status_code == 200, sent.text
    assert house.office.versions[-1][1] == TEXT.replace("陈杰", "陈洁")
    assert "#⋯2 这一行" in assert_problem(gone, 422, "bad_hierarchy")["problems"][0]["message_zh"]


async def test_an_admin_of_a_part_who_comes_second_hears_so_and_only_what_is_theirs(house: ApiHouse):
    await put(
        house, TEXT.replace("2号楼居民群", "2号楼邻里群").replace("name: 1号楼居民群", "name: 1号楼邻里群")
    )

    late = await put(house, TEXT.replace("陈杰", "陈洁"), token=house.token(Role.NODE_ADMIN, "b1"))

    told = "\n".join(assert_problem(late, 409, "stale")["difference"])
    assert "1号楼邻里群" in told
    assert "2号楼" not in told


async def test_an_admin_of_a_part_that_has_left_the_tree_changes_nothing(house: ApiHouse):
    response = await put(house, TEXT, token=house.token(Role.NODE_ADMIN, "b7"))

    assert_problem(response, 403, "outside_your_part")


async def test_an_admin_of_a_part_is_told_what_is_wrong_with_a_file(house: ApiHouse):
    response = await put(house, BROKEN, token=house.token(Role.NODE_ADMIN, "b1"))

    assert_problem(response, 422, "bad_hierarchy")


async def test_a_dry_run_tells_the_whole_plan_in_both_languages(house: ApiHouse):
    change = Change(Thing.NODE, Fate.RENAMED, "b2", "二号楼", "新华街道")
    house.office.impact = Impact(plan=EditPlan(changes=(change,)))

    response = await put(house, TEXT.replace("2号楼居民群", "2号楼邻里群"), query="?dry_run=1")

    plan = response.json()["impact"]["plan"]
    assert plan["changes"][0]["thing_id"] == "b2"
    assert plan["says"]["zh"]["sections"][0]["lines"] == ["改名节点：二号楼（b2，新华街道）"]
    assert plan["says"]["en"]["sections"][0]["lines"] == ["Renamed place: 二号楼 (b2, 新华街道)"]


@pytest.mark.parametrize("heir", ["b2", "b2:", ":b1", "nowhere:b1"])
async def test_an_heir_is_named_for_a_node_of_the_tree(house: ApiHouse, heir: str):
    assert_problem(await put(house, TEXT, query=f"?dry_run=1&heir={heir}"), 422, "bad_values")


B2_GOES = Heir(
    "b2", "新华街道2号楼", "xinhua", "新华街道", (1024, 1025), (("xinhua", "新华街道"), ("b1", "1号楼"))
)


async def test_who_inherited_open_tickets_is_told_and_nobody_need_be_named(house: ApiHouse):
    house.office.heirs = (B2_GOES,)

    response = await put(house, TEXT)

    assert response.status_code == 200
    assert response.json()["impact"]["heirs"] == [
        {
            "node": "b2",
            "name": "新华街道2号楼",
            "heir": "xinhua",
            "heir_name": "新华街道",
            "was_named": False,
            "tickets": [1024, 1025],
        }
    ]


async def test_who_wants_to_be_asked_for_heirs_is_asked(house: ApiHouse):
    house.office.heirs = (B2_GOES,)

    problem = assert_problem(await put(house, TEXT, query="?heirs=ask"), 409, "heirs_needed")

    assert problem["detail"] == "新华街道2号楼还有 2 张没办完的工单，请写明由谁接手。"
    assert problem["heirs"][0]["tickets"] == 2
    assert problem["heirs"][0]["choices"][1] == {"node": "b1", "name": "1号楼"}
    assert len(house.office.versions) == 1
    named = await put(house, TEXT, query="?heirs=ask&heir=b2:xinhua")
    assert named.json()["impact"]["heirs"][0]["was_named"] is True


async def test_an_heir_who_may_not_inherit_is_refused(house: ApiHouse):
    house.office.heirs = (B2_GOES,)

    problem = assert_problem(await put(house, TEXT, query="?heir=b2:elsewhere"), 422, "bad_heir")

    assert problem["heirs"][0]["node"] == "b2"
    assert len(house.office.versions) == 1
