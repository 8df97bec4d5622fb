"""An edited tree never leaves a ticket without an owner, and moves no limit."""

from dataclasses import replace
from datetime import timedelta

import pytest

from routing.desk import claim, pause, resolve, transfer
from routing.desk.moving import find_home, is_homeless, rehouse
from routing.hierarchy import Hierarchy
from routing.hierarchy_index import index
from routing.tickets import Status
from tests.builders import a_hierarchy, a_reading
from tests.world import World


def edited(tree: Hierarchy, *, nodes: tuple[str, ...] = (), staff: tuple[str, ...] = ()) -> Hierarchy:
    """The tree without these nodes and people."""
    kept = [
        replace(each, children=(), staff=tuple(one for one in each.staff if one.staff_id not in staff))
        for each in tree.nodes.values()
        if each.node_id not in nodes
    ]
    return index(
        name=tree.name,
        levels=tree.levels,
        calendars=tree.calendars,
        clocks=tree.clocks,
        categories=tree.categories,
        nodes=kept,
        manners=tree.manners,
        version=tree.version + 1,
    )


def move(world: World, number: int, new: Hierarchy):
    old, world.hierarchy = world.hierarchy, new
    return rehouse(world.desk(), number, old=old)


def test_a_ticket_of_a_building_that_is_gone_goes_to_its_nearest_living_ancestor():
    world = World()
    number = world.report()
    due_at = world.ticket(number).claim_due_at

    ticket = move(world, number, edited(world.hierarchy, nodes=("xingfuli-b1",)))

    assert (ticket.node, ticket.level, ticket.group) == ("xingfuli", "community", "xingfuli-staff")
    assert ticket.claim_due_at == due_at
    assert world.store.history.list_of(number)[-1].reason == "hierarchy_changed"


def test_a_building_that_is_gone_is_still_named_to_whoever_has_to_go_there():
    world = World()
    number = world.report()
    named = "".join(world.hierarchy.get_node(each).name for each in ("xingfuli", "xingfuli-b1"))

    ticket = move(world, number, edited(world.hierarchy, nodes=("xingfuli-b1",)))

    assert ticket.place == named


def test_a_ticket_at_home_stays():
    world = World()
    number = world.report()

    assert move(world, number, edited(world.hierarchy, nodes=("hepingli-b1",))) is None


@pytest.mark.parametrize("wait", [False, True])
def test_a_holder_who_left_gives_the_ticket_back_to_the_group(wait: bool):
    world = World()
    number = world.report("电梯坏了", reading=a_reading("elevator"))
    ticket = claim(world.desk(), number, world.staff("liqiang"))
    if wait:
        waiting = replace(ticket, status=Status.WAITING, paused_at=world.now, version=ticket.version + 1)
        world.store.tickets.save(waiting)

    moved = move(world, number, edited(world.hierarchy, staff=("liqiang",)))

    assert (moved.status, moved.holder, moved.group) == (Status.OPEN, None, "xingfuli-property")
    assert (moved.node, moved.paused_at) == ("xingfuli-b1", None)


def test_what_was_passed_on_stays_with_the_group_that_has_it_when_its_holder_leaves():
    world = World()
    number = world.report("电梯坏了", reading=a_reading("elevator"))
    transfer(world.desk(), number, world.staff("liqiang"), whom="王芳")

    moved = move(world, number, edited(world.hierarchy, staff=("wangfang",)))

    assert (moved.group, moved.status, moved.holder) == ("xingfuli-staff", Status.OPEN, None)


def test_whoever_takes_over_from_a_holder_who_left_has_time_to_claim_and_the_time_that_was_waited():
    world = World()
    number = world.report("电梯坏了", reading=a_reading("elevator"))
    due_at = claim(world.desk(), number, world.staff("liqiang")).resolve_due_at
    until = world.now + timedelta(days=3)
    pause(world.desk(), number, world.staff("liqiang"), until_at=until, reason="等配件")
    world.wait(days=2)

    moved = move(world, number, edited(world.hierarchy, staff=("liqiang",)))

    assert moved.claim_due_at == world.now + timedelta(hours=1)
    assert moved.resolve_due_at == due_at + timedelta(days=2)
    assert claim(world.desk(), number, world.staff("zhoujun")).resolve_due_at == moved.resolve_due_at


def test_what_is_resolved_stays_resolved_without_its_holder():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))
    resolve(world.desk(), number, world.staff("chenjie"), result="好了")

    moved = move(world, number, edited(world.hierarchy, staff=("chenjie",)))

    assert (moved.status, moved.holder) == (Status.RESOLVED, None)


def test_an_office_that_holds_a_ticket_never_leaves():
    world = World()
    ticket = replace(world.opened().ticket, holder="office:street", status=Status.CLAIMED)

    assert not is_homeless(ticket, world.hierarchy)


def test_what_has_ended_needs_no_home():
    world = World()
    ended = replace(world.opened().ticket, status=Status.CLOSED, node="gone", group="gone")

    assert not is_homeless(ended, world.hierarchy)


def test_where_nobody_can_hear_the_root_takes_it():
    world = World()
    number = world.report()
    world.reach.deaf = set(world.hierarchy.groups)

    moved = move(world, number, edited(world.hierarchy, nodes=("xingfuli-b1",)))

    assert moved.group == "xinhua-staff"


def test_a_group_that_left_is_replaced_by_the_nodes_own():
    world = World()
    number = world.report("电梯坏了", reading=a_reading("elevator"))

    moved = move(world, number, a_hierarchy(without=("xingfuli-property",)))

    assert (moved.node, moved.group) == ("xingfuli-b1", "xingfuli-b1-staff")


def test_a_whole_branch_that_is_gone_leads_to_the_root():
    world = World()
    number = world.report()
    gone = tuple(each for each in world.hierarchy.nodes if each.startswith("xingfuli"))

    moved = move(world, number, edited(world.hierarchy, nodes=gone))

    assert (moved.node, moved.group) == ("xinhua", "xinhua-staff")


def test_a_place_that_neither_tree_knows_leads_to_the_root():
    world = World()
    number = world.report()
    ticket = world.ticket(number)
    world.store.tickets.save(replace(ticket, node="never-was", version=ticket.version + 1))

    assert rehouse(world.desk(), number, old=world.hierarchy).node == "xinhua"


def test_a_named_heir_takes_the_tickets_of_a_place_that_goes():
    world = World()
    number = world.report()
    new = edited(world.hierarchy, nodes=("xingfuli-b1",))
    old, world.hierarchy = world.hierarchy, new

    ticket = rehouse(world.desk(), number, old=old, heirs={"xingfuli-b1": "xinhua"})

    assert (ticket.node, ticket.group) == ("xinhua", "xinhua-staff")


def test_an_heir_that_is_not_there_and_one_of_a_place_that_stays_count_for_nothing():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))
    gone = edited(world.hierarchy, nodes=("xingfuli-b1",))
    stays = edited(world.hierarchy, staff=("chenjie",))
    old = world.hierarchy
    heirs = {"xingfuli-b1": "hepingli"}

    ticket = world.ticket(number)

    assert find_home(ticket, stays, old=old, heirs=heirs, can_hear=lambda _: True)[0].node_id == "xingfuli-b1"
    assert (
        find_home(ticket, gone, old=old, heirs={"xingfuli-b1": "nowhere"}, can_hear=lambda _: True)[0].node_id
        == "xingfuli"
    )
