"""Delivery on a real store: leases, attempts, and rows that cannot be worded."""

from datetime import timedelta

from bot.addressbook import Addressbook
from routing.notice_kinds import Hearer, Notice, NoticeKind
from tests.stories.world import World

HOME, PROPERTY = "xingfuli-b1-residents", "xingfuli-property"
LANE = "sandbox:sandbox"


def taken_by(world: World, owner: str):
    return world.look(
        lambda unit: unit.parcels.take(LANE, owner=owner, now=world.now, lasts=timedelta(seconds=30), limit=5)
    )


def a_waiting_notice(world: World, *, key: str = "u1") -> None:
    """A notice in the outbox that nobody has sent yet."""
    notice = Notice(NoticeKind.URGED, Hearer.group(PROPERTY), 1001, 1, urgent=True)
    address = Addressbook({"sandbox": "sandbox"}, frozenset({"sandbox"})).addresses_of_group(
        world.tree_now.groups[PROPERTY], world.tree_now
    )
    world.look(lambda unit: unit.outbox.add(notice, address, now=world.now))


def called_by(world: World, owner: str) -> None:
    (parcel,) = taken_by(world, owner)
    world.look(lambda unit: unit.parcels.note_called([parcel.parcel_id], owner=owner, now=world.now))


def test_a_row_whose_sender_died_is_sent_again_and_says_so(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    a_waiting_notice(world)
    called_by(world, "somebody who dies")

    world.settle()
    assert not world.heard(PROPERTY, "居民催办 #1001")
    world.wait(seconds=31)

    assert world.heard(PROPERTY, "（可能重复）", "居民催办 #1001")


def test_a_house_that_opens_takes_over_at_once_where_it_is_alone(sqlite_story_url: str, tmp_path):
    world = World(sqlite_story_url, tmp_path)
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    a_waiting_notice(world)
    world.look(
        lambda unit: unit.parcels.lease_lane(LANE, owner="x", now=world.now, lasts=timedelta(minutes=5))
    )
    called_by(world, "x")

    world.restart()
    world.settle()

    assert world.heard(PROPERTY, "（可能重复）", "居民催办 #1001")
    world.close()


def test_a_row_that_is_put_back_costs_no_attempt(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    a_waiting_notice(world)
    for _ in range(3):
        (parcel,) = taken_by(world, "x")
        world.look(
            lambda unit, parcel=parcel: unit.parcels.put_back(
                parcel.parcel_id, owner="x", at=world.now, detail="next"
            )
        )

    (parcel,) = taken_by(world, "x")

    assert (parcel.attempts, parcel.maybe_repeat) == (1, False)


def test_a_row_that_cannot_be_worded_does_not_hold_up_the_others(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    broken = Notice(
        NoticeKind.ANSWER, Hearer("chat", PROPERTY), 1001, 0, urgent=True, values={"message": "no json"}
    )
    address = world.house.reach.addresses_of_group(world.tree_now.groups[PROPERTY], world.tree_now)
    world.look(lambda unit: unit.outbox.add(broken, address, now=world.now))
    a_waiting_notice(world)

    world.settle()  # finds out
    world.settle()

    assert world.heard(PROPERTY, "居民催办 #1001")


def test_a_house_that_closes_does_not_wait_for_its_backlog(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.run(world.house.delivery.end())
    a_waiting_notice(world)

    world.settle()
    assert not world.heard(PROPERTY, "居民催办 #1001")
    world.restart()
    world.settle()

    assert world.heard(PROPERTY, "居民催办 #1001")
