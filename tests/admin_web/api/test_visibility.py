"""Every route, every role, every relation of a ticket to the token's node: nobody sees more than the tree lets them."""

import itertools
from dataclasses import replace

import pytest

from admin_web.ports import OutboxItem, Role
from routing.outgoing import SendState
from storage.hierarchy_file import read_hierarchy
from tests.admin_web.api.house import ApiHouse
from tests.builders import TUESDAY_NINE
from tests.stories.world import STREET
from tests.world import World

RELATIONS = {
    "own": ("xingfuli-b1", True),
    "child": ("xingfuli", True),
    "all": ("xinhua", True),
    "sibling": ("xingfuli-b2", False),
    "foreign": ("hepingli", False),
    "gone": ("left-the-tree", False),
}
"""The token's node, seen from a ticket of building 1, and whether it sees that ticket."""

ROLES = list(Role)
ACTING = {Role.STAFF, Role.NODE_ADMIN, Role.STREET_ADMIN, Role.ADMIN}
OUTBOX_READERS = {Role.NODE_ADMIN, Role.STREET_ADMIN, Role.ADMIN, Role.AUDITOR}
ADMINS = {Role.NODE_ADMIN, Role.STREET_ADMIN, Role.ADMIN}


@pytest.fixture
def number(house: ApiHouse) -> int:
    return house.world.report()


@pytest.mark.parametrize("relation", RELATIONS)
async def test_every_role_sees_the_same_tickets_in_every_route(house: ApiHouse, number: int, relation: str):
    node, sees = RELATIONS[relation]
    house.letters.items = [a_letter(number)]
    for role in ROLES:
        token = house.token(role, node)

        shown = await house.get(f"/api/v1/tickets/{number}", token=token)
        listed = await house.get("/api/v1/tickets", token=token)
        searched = await house.get(f"/api/v1/tickets?q={number}", token=token)
        counted = await house.get("/api/v1/stats", token=token)
        public = await house.get(f"/open311/v2/requests/{number}.json", token=token)
        letters = await house.get("/api/v1/outbox", token=token)

        assert shown.status_code == (200 if sees else 404), (role, relation)
        assert [each["number"] for each in listed.json()["items"]] == ([number] if sees else [])
        assert len(searched.json()["items"]) == counted.json()["tickets"] == int(sees)
        assert public.status_code == (200 if sees else 404)
        if role in OUTBOX_READERS:
            assert len(letters.json()["items"]) == int(sees)
        else:
            assert letters.status_code == 403


@pytest.mark.parametrize(("role", "relation"), list(itertools.product(ROLES, RELATIONS)))
async def test_only_those_who_act_and_see_make_a_move(
    house: ApiHouse, number: int, role: Role, relation: str
):
    node, sees = RELATIONS[relation]

    response = await house.say(number, "note", "chenjie", "看过", token=house.token(role, node))

    expected = 403 if role not in ACTING else 200 if sees else 404
    assert response.status_code == expected
    assert (house.world.story(number) == ["opened", "noted"]) is (expected == 200)


@pytest.mark.parametrize(("role", "relation"), list(itertools.product(ROLES, RELATIONS)))
async def test_only_admins_who_see_it_send_a_letter_again(
    house: ApiHouse, number: int, role: Role, relation: str
):
    node, sees = RELATIONS[relation]
    house.letters.items = [a_letter(number)]

    response = await house.ask("POST", "/api/v1/outbox/1/send_again", token=house.token(role, node))

    expected = 403 if role not in ADMINS else 200 if sees else 404
    assert response.status_code == expected
    assert len(house.letters.sent_again) == int(expected == 200)


@pytest.fixture
def street() -> ApiHouse:
    text = STREET.read_text("utf-8")
    tree = read_hierarchy(text).hierarchy
    assert tree is not None
    return ApiHouse(World(hierarchy=replace(tree, version=1)), text=text)


@pytest.mark.parametrize(("role", "relation"), list(itertools.product(ROLES, RELATIONS)))
async def test_the_tree_and_for_admins_the_file_are_shown_below_the_tokens_node(
    street: ApiHouse, role: Role, relation: str
):
    node, _ = RELATIONS[relation]

    shown = (await street.get("/api/v1/hierarchy", token=street.token(role, node))).json()

    tree = street.world.hierarchy
    below = {each.node_id for each in tree.subtree(node)}
    assert ids_of(shown["tree"]) == below
    has_place = node in tree.nodes
    assert (shown["text"] is not None) is ((role in ADMINS and has_place) or node == "xinhua")
    for each in tree.groups.values() if shown["text"] is not None else ():
        assert (f"id: {each.group_id}," in shown["text"]) is (each.node_id in below), each.group_id


async def test_a_community_still_sees_what_went_to_the_street(house: ApiHouse, number: int):
    await house.say(number, "escalate", "chenjie", "办不了")
    await house.say(number, "escalate", "wangfang", "办不了")

    own = await house.get(f"/api/v1/tickets/{number}", token=house.token(Role.VIEWER, "xingfuli"))
    other = await house.get(f"/api/v1/tickets/{number}", token=house.token(Role.VIEWER, "hepingli"))

    assert own.json()["level"] == "street"
    assert other.status_code == 404


async def test_the_log_is_for_auditors_and_admins_of_everything(house: ApiHouse):
    for role, (node, _) in itertools.product(ROLES, RELATIONS.values()):
        response = await house.get("/api/v1/audit", token=house.token(role, node))

        may_read = role in {Role.AUDITOR, Role.ADMIN} and node == "xinhua"
        assert response.status_code == (200 if may_read else 403), (role, node)


def a_letter(number: int) -> OutboxItem:
    return OutboxItem(
        parcel_id=1,
        ticket_number=number,
        node="xingfuli-b1",
        origin="xingfuli-b1",
        kind="asked",
        hearer="group:xingfuli-b1-staff",
        lane="telegram:1",
        state=SendState.DEAD,
        detail="chat not found",
        attempts=3,
        maybe_repeat=False,
        created_at=TUESDAY_NINE,
    )


def ids_of(tree: dict | None) -> set[str]:
    if tree is None:
        return set()
    return {tree["id"]}.union(*(ids_of(each) for each in tree["children"]))
