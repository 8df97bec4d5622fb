"""The outbox and its delivery, on both databases."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from routing.messages import Address
from routing.notice_kinds import Hearer, NoticeKind
from routing.outgoing import Parcel, SendState
from storage.store import Store
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW
from tests.storage.rows import GROUP_CHAT, PRIVATE_CHAT, a_notice, open_ticket
from tests.storage.views import EVERYTHING

Do = Callable[[Callable[[Unit], Any]], Any]
LANE = "telegram:bot"
LEASE = timedelta(seconds=30)
OTHER_CHAT = Address("telegram", "bot", "502", "7")


def put(*addresses: Address, **changes: Any) -> Callable[[Unit], None]:
    return lambda unit: unit.outbox.add(a_notice(0, **changes), addresses, now=NOW)


def take(
    *, owner: str = "a", after: timedelta = timedelta(0), limit: int = 10
) -> Callable[[Unit], Sequence[Parcel]]:
    return lambda unit: unit.parcels.take(LANE, owner=owner, now=NOW + after, lasts=LEASE, limit=limit)


def states(store: Store) -> list[SendState]:
    items = store.reads.outbox.list_page(EVERYTHING, states=frozenset(SendState))
    return [each.state for each in reversed(items)]


def test_a_parcel_carries_its_notice_as_it_was(do: Do) -> None:
    number = do(open_ticket)

    [parcel] = do(take())

    assert parcel.notice == a_notice(number)
    assert (parcel.address, parcel.attempts, parcel.maybe_repeat) == (GROUP_CHAT, 1, False)
    assert parcel.created_at == NOW
    assert len(parcel.key) <= 32


def test_each_address_has_a_row_and_a_key_of_its_own(do: Do) -> None:
    do(put(GROUP_CHAT, OTHER_CHAT))

    parcels = do(take())

    assert [each.address for each in parcels] == [GROUP_CHAT, OTHER_CHAT]
    assert len({each.key for each in parcels}) == 2


def test_a_notice_without_an_address_is_kept_for_people_to_see(store: Store, do: Do) -> None:
    do(put())

    assert do(take()) == []
    assert do(lambda unit: unit.parcels.list_lanes(NOW)) == []
    assert states(store) == [SendState.UNREACHABLE]


def test_lanes_have_something_due(do: Do) -> None:
    elsewhere = Address("wechat", "gh_1", "o-1")
    do(put(GROUP_CHAT, elsewhere))
    do(
        lambda unit: unit.outbox.add(
            a_notice(0), [Address("wecom", "corp", "w")], now=NOW, not_before=NOW + LEASE
        )
    )

    assert do(lambda unit: unit.parcels.list_lanes(NOW)) == [LANE, "wechat:gh_1"]
    assert do(lambda unit: unit.parcels.list_lanes(NOW + LEASE)) == [LANE, "wechat:gh_1", "wecom:corp"]


def test_one_row_of_a_chat_at_a_time_the_oldest_first(do: Do) -> None:
    do(put(GROUP_CHAT, kind=NoticeKind.ASKED))
    do(put(GROUP_CHAT, kind=NoticeKind.REMINDER))
    do(put(OTHER_CHAT))

    first = do(take())
    meanwhile = do(take())
    do(lambda unit: unit.parcels.mark_sent(first[0].parcel_id, owner="a", vendor_ref="9", now=NOW))
    second = do(take())

    assert [each.address for each in first] == [GROUP_CHAT, OTHER_CHAT]
    assert first[0].notice.kind is NoticeKind.ASKED
    assert meanwhile == []
    assert [each.notice.kind for each in second] == [NoticeKind.REMINDER]


def test_a_row_that_waits_for_its_next_try_does_not_hold_up_its_chat(do: Do) -> None:
    do(put(GROUP_CHAT, kind=NoticeKind.ASKED))
    do(put(GROUP_CHAT, kind=NoticeKind.REMINDER))
    [failed] = do(take())
    later = NOW + timedelta(minutes=5)

    do(
        lambda unit: unit.parcels.try_again(
            failed.parcel_id, owner="a", at=later, detail="429", maybe_repeat=False
        )
    )

    [next_one] = do(take())
    assert next_one.notice.kind is NoticeKind.REMINDER


def test_other_rows_of_a_taken_chat_can_be_taken_with_it(do: Do) -> None:
    for kind in (NoticeKind.ASKED, NoticeKind.REMINDER, NoticeKind.URGED):
        do(put(GROUP_CHAT, kind=kind))
    do(put(OTHER_CHAT))

    [first, _] = do(take())
    others = do(lambda unit: unit.parcels.take_others(first, owner="a", now=NOW, lasts=LEASE, limit=10))

    assert [each.notice.kind for each in others] == [NoticeKind.REMINDER, NoticeKind.URGED]


def test_rows_for_two_topics_of_a_group_are_not_taken_together(do: Do) -> None:
    topic = replace(GROUP_CHAT, thread="42")
    for address in (topic, GROUP_CHAT, replace(topic, thread="43"), topic, GROUP_CHAT):
        do(put(address))

    [in_topic] = do(take())
    with_it = do(lambda unit: unit.parcels.take_others(in_topic, owner="a", now=NOW, lasts=LEASE, limit=10))
    do(lambda unit: unit.parcels.mark_sent(in_topic.parcel_id, owner="a", vendor_ref="1", now=NOW))
    do(lambda unit: unit.parcels.mark_sent(with_it[0].parcel_id, owner="a", vendor_ref="1", now=NOW))
    [outside] = do(take())
    others = do(lambda unit: unit.parcels.take_others(outside, owner="a", now=NOW, lasts=LEASE, limit=10))

    assert [each.address.thread for each in (in_topic, *with_it)] == ["42", "42"]
    assert [each.address.thread for each in (outside, *others)] == [None, None]


def test_a_row_whose_lease_ran_out_is_taken_again_as_a_possible_repeat(do: Do) -> None:
    do(put(GROUP_CHAT))
    [first] = do(take(owner="a"))
    assert do(lambda unit: unit.parcels.note_called([first.parcel_id], owner="a", now=NOW))

    [second] = do(take(owner="b", after=LEASE))

    assert (second.parcel_id, second.attempts, second.maybe_repeat) == (first.parcel_id, 2, True)
    assert second.key == first.key


def test_what_a_killed_process_had_in_hand_is_free_and_what_waits_for_later_goes_on_waiting(do: Do) -> None:
    do(put(GROUP_CHAT))
    [held] = do(take(owner="killed"))
    do(lambda unit: unit.parcels.lease_lane(LANE, owner="killed", now=NOW, lasts=LEASE))
    in_the_morning = NOW + timedelta(hours=9)
    do(lambda unit: unit.outbox.add(a_notice(0), (OTHER_CHAT,), now=NOW, not_before=in_the_morning))

    do(lambda unit: unit.parcels.take_over(NOW))

    assert do(lambda unit: unit.parcels.lease_lane(LANE, owner="new", now=NOW, lasts=LEASE))
    assert [each.parcel_id for each in do(take(owner="new"))] == [held.parcel_id]


def test_what_lay_in_somebodys_hands_and_was_never_handed_over_is_no_repeat(do: Do) -> None:
    do(put(GROUP_CHAT))
    [first] = do(take(owner="a"))
    do(lambda unit: unit.parcels.note_called([first.parcel_id], owner="a", now=NOW))
    do(lambda unit: unit.parcels.put_back(first.parcel_id, owner="a", at=NOW, detail="next"))
    do(take(owner="b"))

    [third] = do(take(owner="c", after=LEASE))

    assert (third.attempts, third.maybe_repeat) == (2, False)
    assert not do(lambda unit: unit.parcels.note_called([first.parcel_id], owner="b", now=NOW))


def test_who_lost_the_lease_changes_nothing_afterwards(store: Store, do: Do) -> None:
    do(put(GROUP_CHAT))
    [first] = do(take(owner="a"))
    do(take(owner="b", after=LEASE))

    def settle_in_every_way(unit: Unit) -> None:
        unit.parcels.mark_sent(first.parcel_id, owner="a", vendor_ref="1", now=NOW)
        unit.parcels.bury(first.parcel_id, owner="a", detail="", now=NOW)
        unit.parcels.mark_unknown(first.parcel_id, owner="a", detail="", now=NOW)
        unit.parcels.drop(first.parcel_id, owner="a", detail="", now=NOW)
        unit.parcels.try_again(first.parcel_id, owner="a", at=NOW, detail="", maybe_repeat=True)
        unit.parcels.give_other_address(first.parcel_id, owner="a", address=OTHER_CHAT, now=NOW)

    do(settle_in_every_way)

    assert states(store) == [SendState.SENDING]


def test_a_try_that_may_have_been_shown_stays_marked(do: Do) -> None:
    do(put(GROUP_CHAT))
    [parcel] = do(take())

    do(
        lambda unit: unit.parcels.try_again(
            parcel.parcel_id, owner="a", at=NOW, detail="timeout", maybe_repeat=True
        )
    )
    do(
        lambda unit: unit.parcels.try_again(
            unit.parcels.take(LANE, owner="a", now=NOW, lasts=LEASE, limit=1)[0].parcel_id,
            owner="a", at=NOW, detail="429", maybe_repeat=False,
        )
    )  # fmt: skip

    assert do(take())[0].maybe_repeat


def test_every_end_of_a_row_is_final(store: Store, do: Do) -> None:
    for chat in "abcd":
        do(put(Address("telegram", "bot", chat)))
    sent, buried, unknown, dropped = (each.parcel_id for each in do(take()))

    def settle(unit: Unit) -> None:
        unit.parcels.mark_sent(sent, owner="a", vendor_ref="77", now=NOW)
        unit.parcels.bury(buried, owner="a", detail="blocked", now=NOW)
        unit.parcels.mark_unknown(unknown, owner="a", detail="timeout", now=NOW)
        unit.parcels.drop(dropped, owner="a", detail="claimed meanwhile", now=NOW)

    do(settle)

    assert states(store) == [SendState.SENT, SendState.DEAD, SendState.UNKNOWN, SendState.DROPPED]
    assert do(take(after=timedelta(days=9))) == []


def test_another_address_begins_anew(do: Do) -> None:
    do(put(GROUP_CHAT))
    [parcel] = do(take())
    do(
        lambda unit: unit.parcels.give_other_address(
            parcel.parcel_id, owner="a", address=PRIVATE_CHAT, now=NOW
        )
    )

    [again] = do(take(owner="b"))

    assert (again.address, again.attempts, again.maybe_repeat) == (PRIVATE_CHAT, 1, False)


def test_a_sent_parcel_is_found_by_the_vendors_id_in_its_chat(do: Do) -> None:
    do(put(GROUP_CHAT))
    [parcel] = do(take())
    do(lambda unit: unit.parcels.mark_sent(parcel.parcel_id, owner="a", vendor_ref="77", now=NOW))

    assert do(lambda unit: unit.parcels.find_by_vendor_ref(GROUP_CHAT, "77")).parcel_id == parcel.parcel_id
    assert do(lambda unit: unit.parcels.find_by_vendor_ref(OTHER_CHAT, "77")) is None


def test_what_a_chat_was_sent_is_counted_by_kind(do: Do) -> None:
    do(put(GROUP_CHAT, kind=NoticeKind.ASKED))
    [parcel] = do(take())
    do(lambda unit: unit.parcels.mark_sent(parcel.parcel_id, owner="a", vendor_ref="", now=NOW))

    def count(kind: str, since: timedelta) -> int:
        counted: int = do(lambda unit: unit.parcels.count_sent(GROUP_CHAT, kind, since=NOW + since))
        return counted

    assert count("asked", timedelta(0)) == 1
    assert count("asked", timedelta(seconds=1)) == 0
    assert count("reminder", timedelta(0)) == 0


def test_a_person_may_send_the_dead_and_the_unknown_again(store: Store, do: Do) -> None:
    do(put(GROUP_CHAT, OTHER_CHAT))
    dead, unknown = (each.parcel_id for each in do(take()))
    do(lambda unit: unit.parcels.bury(dead, owner="a", detail="blocked", now=NOW))
    do(lambda unit: unit.parcels.mark_unknown(unknown, owner="a", detail="timeout", now=NOW))

    assert do(lambda unit: unit.parcels.send_again(dead, now=NOW))
    assert do(lambda unit: unit.parcels.send_again(unknown, now=NOW))
    assert not do(lambda unit: unit.parcels.send_again(dead, now=NOW))

    assert [(each.attempts, each.maybe_repeat) for each in do(take())] == [(1, False), (1, True)]


def test_a_lane_belongs_to_one_until_its_lease_ends(do: Do) -> None:
    def lease(owner: str, after: timedelta) -> bool:
        got: bool = do(lambda unit: unit.parcels.lease_lane(LANE, owner=owner, now=NOW + after, lasts=LEASE))
        return got

    moment = timedelta(seconds=1)

    assert lease("a", timedelta(0))
    assert lease("a", moment)
    assert not lease("b", LEASE)
    assert lease("b", LEASE + moment)
    do(lambda unit: unit.parcels.give_back_lanes("b"))
    assert lease("a", LEASE + moment)


def test_a_hearer_comes_back_with_kind_and_name(do: Do) -> None:
    do(put(GROUP_CHAT, hearer=Hearer.reporters()))
    do(put(OTHER_CHAT, hearer=Hearer.person(12)))

    assert [each.notice.hearer for each in do(take())] == [Hearer.reporters(), Hearer.person(12)]
