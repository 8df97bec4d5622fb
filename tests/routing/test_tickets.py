"""The table of moves: every state and verb has its place, and the rest is refused with a sentence."""

import pytest

from bot.texts import has_text
from routing.desk.desk import Desk, lead_of, require_moment
from routing.errors import WrongMomentError
from routing.plans import freeze_plan
from routing.tickets import ENDED, LIVE, MOVES, Status, Verb
from tests.builders import TUESDAY_NINE, a_hierarchy, a_ticket
from tests.fakes import FakeStore
from tests.world import FakeReach


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("status", Status)
def test_a_move_is_made_or_refused_with_a_sentence(verb: Verb, status: Status):
    ticket = a_ticket(status=status, merged_into=1000 if status is Status.MERGED else None)
    if status in MOVES[verb]:
        require_moment(ticket, verb)
        return

    with pytest.raises(WrongMomentError) as refused:
        require_moment(ticket, verb)

    assert has_text(f"error.{refused.value.key}")
    assert has_text(f"verb.{verb}")


def test_every_state_is_live_ended_or_resolved():
    assert LIVE | ENDED | {Status.RESOLVED} == set(Status)
    assert not LIVE & ENDED


def test_nothing_but_a_note_a_rating_a_redo_or_a_parting_touches_what_has_ended():
    late = {verb for verb, states in MOVES.items() if states & ENDED}

    assert late == {Verb.NOTE, Verb.RATE, Verb.REOPEN, Verb.PART}


def test_a_chain_of_merges_leads_to_the_ticket_that_goes_on():
    store = FakeStore()
    tickets = [
        a_ticket(number=1, status=Status.MERGED, merged_into=2),
        a_ticket(number=2, status=Status.MERGED, merged_into=3),
        a_ticket(number=3),
    ]
    for each in tickets:
        store.tickets.add(each)

    assert lead_of(store, tickets[0]).number == 3
    assert lead_of(store, tickets[2]).number == 3


def test_a_change_that_was_overtaken_is_refused():
    tree = a_hierarchy()
    desk = Desk(FakeStore(), tree, FakeReach(), TUESDAY_NINE)
    ticket = a_ticket(tree)
    desk.store.tickets.add(ticket)
    desk.record(ticket, ticket)

    with pytest.raises(WrongMomentError, match="changed_meanwhile"):
        desk.record(ticket, ticket)


def test_a_plan_keeps_its_promise_for_levels_it_does_not_know():
    tree = a_hierarchy()
    plan = freeze_plan(tree, tree.get_category("noise"))

    assert str(plan.limits_at("community").claim) == "2wh"
    assert plan.limits_at("a-level-that-came-later") == plan.limits_at("street")
