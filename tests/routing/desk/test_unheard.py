"""A group that the bot was thrown out of hears nothing: its tickets climb at once."""

from routing.desk import claim
from routing.desk.unheard import pass_on_unheard
from routing.messages import Address
from tests.world import World

HEAD_GROUP = "xingfuli-b1-staff"


def test_a_ticket_that_nobody_can_be_told_of_climbs_at_once_and_says_why():
    world = World()
    number = world.report()

    after = pass_on_unheard(world.desk(), number, group_id=HEAD_GROUP)

    assert (after.level, after.escalations) == ("community", 1)
    assert world.store.history.list_of(number)[-1].reason == "unreachable"


def test_who_has_it_already_needs_no_telling():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))

    assert pass_on_unheard(world.desk(), number, group_id=HEAD_GROUP) is None


def test_a_group_with_a_second_chat_may_have_heard_it_there():
    world = World()
    number = world.report()

    class TwoWays(type(world.reach)):
        def addresses_of_group(self, group, hierarchy):
            return (*super().addresses_of_group(group, hierarchy), Address("telegram", "1", "-5"))

    world.reach = TwoWays()

    assert pass_on_unheard(world.desk(), number, group_id=HEAD_GROUP) is None


def test_at_the_top_it_stays_where_it_is():
    world = World()
    number = world.report()
    pass_on_unheard(world.desk(), number, group_id=HEAD_GROUP)
    pass_on_unheard(world.desk(), number, group_id=world.ticket(number).group)

    assert pass_on_unheard(world.desk(), number, group_id=world.ticket(number).group) is None
    assert world.ticket(number).level == "street"


def test_an_older_notice_of_another_group_changes_nothing():
    world = World()
    number = world.report()

    assert pass_on_unheard(world.desk(), number, group_id="xinhua-staff") is None
