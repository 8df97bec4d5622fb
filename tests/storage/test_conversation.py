"""People, dialogs, messages, pictures, inbox and sandbox lines, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from routing.messages import Address, Attachment, Kind
from routing.people import Dialog, Message
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW
from tests.storage.rows import GROUP_CHAT, a_person, a_ticket, an_inbound, open_ticket

Do = Callable[[Callable[[Unit], Any]], Any]
LEASE = timedelta(minutes=2)
PHOTO = Attachment(Kind.IMAGE, "file-1", "电梯门口")


def test_a_person_comes_back_as_stored_and_as_saved(do: Do) -> None:
    person = do(lambda unit: unit.people.add(a_person()))
    moved = replace(person, name="张", node_id="xingfuli-b1", consented_at=NOW, follows=False, private=None)

    assert do(lambda unit: unit.people.find("telegram", "bot", "501")) == person
    do(lambda unit: unit.people.save(moved))

    assert do(lambda unit: unit.people.get(person.person_id)) == moved


def test_the_same_user_in_another_account_is_another_person(do: Do) -> None:
    do(lambda unit: unit.people.add(a_person()))

    assert do(lambda unit: unit.people.find("telegram", "other-bot", "501")) is None
    assert do(lambda unit: unit.people.find("wechat", "bot", "501")) is None


def test_an_id_that_was_never_given_is_a_defect_and_says_so(do: Do) -> None:
    with pytest.raises(LookupError):
        do(lambda unit: unit.people.get(4711))


def test_a_dialog_replaces_the_one_before_and_ends_by_itself(do: Do) -> None:
    first = Dialog(
        "telegram", "bot", "-1001001", "501", "place", "电梯坏了", NOW + LEASE, (("number", "1001"),)
    )
    second = replace(first, awaits="argument", said="催办", values=())

    do(lambda unit: unit.dialogs.put(first))
    do(lambda unit: unit.dialogs.put(second))

    assert do(lambda unit: unit.dialogs.find(GROUP_CHAT, "501", now=NOW)) == second
    assert do(lambda unit: unit.dialogs.find(GROUP_CHAT, "501", now=NOW + LEASE)) is None
    assert do(lambda unit: unit.dialogs.find(GROUP_CHAT, "502", now=NOW)) is None


def test_a_dropped_dialog_is_gone(do: Do) -> None:
    dialog = Dialog(
        "telegram", "bot", "-1001001", "501", "place", "电梯坏了", NOW + LEASE, (("number", "1001"),)
    )
    do(lambda unit: unit.dialogs.put(dialog))

    do(lambda unit: unit.dialogs.drop(GROUP_CHAT, "501"))

    assert do(lambda unit: unit.dialogs.find(GROUP_CHAT, "501", now=NOW)) is None


def test_expired_dialogs_are_forgotten(do: Do) -> None:
    dialog = Dialog("telegram", "bot", "-1001001", "501", "place", "电梯坏了", NOW + LEASE)
    do(lambda unit: unit.dialogs.put(dialog))

    assert do(lambda unit: unit.dialogs.drop_expired(NOW)) == 0
    assert do(lambda unit: unit.dialogs.drop_expired(NOW + LEASE)) == 1


def test_messages_come_in_order(do: Do) -> None:
    texts = ["第一句", "第二句", "第三句"]

    def write(unit: Unit) -> None:
        unit.tickets.add(a_ticket(1))
        for text in texts:
            unit.messages.add(Message(1, "person:1", NOW, text))

    do(write)

    assert [each.text for each in do(lambda unit: unit.messages.list_of(1))] == texts


def want(unit: Unit, *, ticket_number: int | None = None) -> tuple[int, int]:
    person = unit.people.find("telegram", "bot", "501") or unit.people.add(a_person())
    picture_id = unit.pictures.want(
        PHOTO, address=GROUP_CHAT, ticket_number=ticket_number, person_id=person.person_id, now=NOW
    )
    return picture_id, person.person_id


def test_a_wanted_picture_is_taken_once_until_its_lease_ends(do: Do) -> None:
    picture_id, _ = do(want)

    [wanted] = do(lambda unit: unit.pictures.take_wanted(NOW, lasts=LEASE, limit=5))
    meanwhile = do(lambda unit: unit.pictures.take_wanted(NOW, lasts=LEASE, limit=5))
    [again] = do(lambda unit: unit.pictures.take_wanted(NOW + LEASE, lasts=LEASE, limit=5))

    assert (wanted.picture_id, wanted.attachment, wanted.address) == (picture_id, PHOTO, GROUP_CHAT)
    assert meanwhile == []
    assert (wanted.attempts, again.attempts) == (1, 2)


def test_a_kept_picture_has_content_and_is_wanted_no_more(do: Do) -> None:
    number = do(open_ticket)
    picture_id, _ = do(lambda unit: want(unit, ticket_number=number))

    do(lambda unit: unit.pictures.keep(picture_id, b"\xff\xd8\x00", media_type="image/jpeg"))

    assert do(lambda unit: unit.pictures.find_content(picture_id)).content == b"\xff\xd8\x00"
    assert do(lambda unit: unit.pictures.list_of(number)) == [picture_id]
    assert do(lambda unit: unit.pictures.take_wanted(NOW + LEASE, lasts=LEASE, limit=5)) == []


def test_a_lost_picture_is_on_no_list(do: Do) -> None:
    number = do(open_ticket)
    picture_id, _ = do(lambda unit: want(unit, ticket_number=number))

    do(lambda unit: unit.pictures.lose(picture_id))

    assert do(lambda unit: unit.pictures.list_of(number)) == []
    assert do(lambda unit: unit.pictures.find_content(picture_id)) is None


def test_pictures_wait_for_the_words_of_their_sender(do: Do) -> None:
    picture_id, person_id = do(want)
    number = do(open_ticket)

    too_late = do(lambda unit: unit.pictures.give_waiting(person_id, ticket_number=number, since=NOW + LEASE))
    given = do(lambda unit: unit.pictures.give_waiting(person_id, ticket_number=number, since=NOW))

    assert (too_late, given) == (0, 1)
    assert do(lambda unit: unit.pictures.list_of(number)) == [picture_id]


def test_a_key_keeps_its_answer_until_it_is_pruned(do: Do) -> None:
    inbound = an_inbound("m-1")

    assert do(lambda unit: unit.inbox.find_answer("telegram", "bot", "m-1")) is None
    do(lambda unit: unit.inbox.add(inbound, answer="已受理", now=NOW))

    assert do(lambda unit: unit.inbox.find_answer("telegram", "bot", "m-1")) == "已受理"
    assert do(lambda unit: unit.inbox.find_answer("telegram", "other", "m-1")) is None
    assert do(lambda unit: unit.inbox.prune(NOW)) == 0
    assert do(lambda unit: unit.inbox.prune(NOW + LEASE)) == 1


def test_a_key_is_known_to_the_job_that_added_it(do: Do) -> None:
    def add_and_look(unit: Unit) -> str | None:
        unit.inbox.add(an_inbound("m-1"), answer="已受理", now=NOW)
        return unit.inbox.find_answer("telegram", "bot", "m-1")

    assert do(add_and_look) == "已受理"


def test_a_sandbox_window_shows_its_lines_in_order(do: Do) -> None:
    def say(unit: Unit) -> list[int]:
        return [
            unit.sandbox.add(chat, author="u1", name="1-201", text=text, buttons="[]", at=NOW)
            for chat, text in [("b1", "一"), ("b2", "二"), ("b1", "三")]
        ]

    first, _, third = do(say)

    assert [each.text for each in do(lambda unit: unit.sandbox.list_after(first))] == ["二", "三"]
    assert [each.text for each in do(lambda unit: unit.sandbox.list_after(0, chat="b1"))] == ["一", "三"]
    assert [each.text for each in do(lambda unit: unit.sandbox.list_latest(limit=2))] == ["二", "三"]
    assert [each.shown_id for each in do(lambda unit: unit.sandbox.list_latest(chat="b1", limit=1))] == [
        third
    ]


def test_a_moved_group_takes_everything_along(do: Do) -> None:
    number = do(open_ticket)
    new_chat = Address("telegram", "bot", "-100777")

    moved = do(lambda unit: unit.parcels.move_chat("telegram", "bot", chat=GROUP_CHAT.chat, to=new_chat.chat))

    assert moved == 1
    assert do(lambda unit: unit.reporters.list_of(number)[0].address) == new_chat
    [parcel] = do(lambda unit: unit.parcels.take("telegram:bot", owner="a", now=NOW, lasts=LEASE, limit=5))
    assert parcel.address == new_chat
