"""Whatever happens on a street, each notice that is still true when it is sent is a whole and discreet sentence."""

import re
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.wording import Reading, word_notice
from routing.still_wanted import still_wanted
from tests.sayings import EVENTS, a_world, happen
from tests.world import World

HANGING = re.compile(
    r"最晚\s*前|请在\s*前|预计\s*前|由负责|由认领|由办结|，在办|给了。|（\s*）|“”|：，|，，|\(\)|（，|缓到：|缓到。|\{"
)


def look_at_what_would_be_sent(world: World) -> None:
    for row in world.store.state.outbox.values():
        notice = row.parcel.notice
        ticket = world.ticket(notice.ticket_number)
        if not still_wanted(notice, ticket):
            continue
        in_group = not row.parcel.address.chat.startswith("private:")
        text = word_notice(notice, Reading(world.hierarchy, ticket, world.now, in_group, home="1-201")).text
        assert not HANGING.search(text), (notice.kind, text)
        assert f"#{ticket.number}" in text
        assert not in_group or "1-201" not in text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EVENTS, max_size=15))
def test_what_is_sent_is_whole_and_discreet(events):
    world, numbers = a_world()

    for event in [*events, ("wait", timedelta(days=1))]:
        happen(world, numbers, event)
        look_at_what_would_be_sent(world)
