"""What is left of a person after an erasure, on both databases."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from routing.events import Actor, EventKind
from routing.messages import Address, Attachment, Kind
from routing.notice_kinds import Hearer, NoticeKind
from routing.people import Dialog, Message, Person
from storage.schema import METADATA
from storage.store import Store, open_store
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW
from tests.storage.rows import GROUP_CHAT, a_notice, a_person, a_reporter, a_ticket, an_event
from tests.storage.views import EVERYTHING

Do = Callable[[Callable[[Unit], Any]], Any]
CANARY = "金丝雀"
ALONE, SHARED = 1, 2
OTHER_CHAT = Address("telegram", "bot", "777")


def everything(store: Store) -> Iterator[tuple[str, str]]:
    with store.reading_engine.begin() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(sa.select(table)):
                yield table.name, repr(tuple(row))


def where_is(store: Store, *words: str) -> set[str]:
    return {name for name, row in everything(store) if any(word in row for word in words)}


def two_tickets(unit: Unit) -> Person:
    """One ticket that only the person reported, one that a neighbour reported too; the person is in every table."""
    private = Address("telegram", "bot", f"chat-{CANARY}")
    person = unit.people.add(
        a_person(f"user-{CANARY}", name=f"name-{CANARY}", home=f"home-{CANARY}", private=private)
    )
    for number in (ALONE, SHARED):
        report(unit, number, person, private)
        send(unit, number, person, private)
    report_as_neighbour(unit)
    later = NOW + timedelta(hours=1)
    unit.dialogs.put(Dialog("telegram", "bot", private.chat, person.user, "place", f"said-{CANARY}", later))
    unit.windows.open("telegram:bot", person.user, allowed=5, lasts=timedelta(hours=1), now=NOW)
    return person


def report(unit: Unit, number: int, person: Person, private: Address) -> None:
    text = f"电梯-{CANARY}-{number}"
    unit.tickets.add(a_ticket(number, text=text, place=f"home-{CANARY}"))
    unit.reporters.add(a_reporter(number, person.person_id, address=private, message_ref=f"ref-{CANARY}"))
    unit.messages.add(Message(number, f"person:{person.person_id}", NOW, text))
    values = {"text": text, "person": str(person.person_id)}
    unit.history.append(an_event(number, words=text, values=values))
    unit.history.append(an_event(number, kind=EventKind.NOTED, by="wangfang", words="已联系维保"))
    unit.history.append(an_event(number, kind=EventKind.RATED, by=Actor.RESIDENT, words=f"慢-{CANARY}"))
    unit.pictures.want(
        Attachment(Kind.IMAGE, f"file-{CANARY}", f"note-{CANARY}"),
        address=private,
        ticket_number=number,
        person_id=person.person_id,
        now=NOW,
    )


def send(unit: Unit, number: int, person: Person, private: Address) -> None:
    values = {"text": f"电梯-{CANARY}-{number}"}
    to_them = a_notice(
        number, kind=NoticeKind.PROGRESS_CLAIMED, hearer=Hearer.person(person.person_id), values=values
    )
    unit.outbox.add(a_notice(number, values=values), [GROUP_CHAT], now=NOW)
    unit.outbox.add(to_them, [private], now=NOW)


def report_as_neighbour(unit: Unit) -> None:
    neighbour = unit.people.add(a_person("777", name="邻居", home="1-202", private=OTHER_CHAT))
    unit.reporters.add(a_reporter(SHARED, neighbour.person_id, address=OTHER_CHAT))
    unit.messages.add(Message(SHARED, f"person:{neighbour.person_id}", NOW, "我也没电梯"))
    unit.history.append(an_event(SHARED, kind=EventKind.JOINED, words="我也没电梯"))


def test_an_erasure_leaves_no_word_anywhere(store: Store, do: Do) -> None:
    person = do(two_tickets)
    before = where_is(store, CANARY)

    do(lambda unit: unit.people.erase(person.person_id, now=NOW))

    assert before == {
        "dialog", "message", "outbox", "person", "picture", "reply_window", "reporter", "ticket", "ticket_event",
    }  # fmt: skip
    assert where_is(store, CANARY) == set()


def test_the_chain_still_holds_after_an_erasure(store: Store, do: Do) -> None:
    person = do(two_tickets)

    do(lambda unit: unit.people.erase(person.person_id, now=NOW))
    do(lambda unit: unit.people.erase(person.person_id, now=NOW))

    assert store.verify_audit().problems == ()
    assert [each.kind for each in store.reads.list_audit(subject=f"person:{person.person_id}")] == [
        "person.erased"
    ] * 2


def test_words_that_wait_for_the_commit_are_erased_too(store: Store, do: Do) -> None:
    def report_and_erase(unit: Unit) -> None:
        unit.people.erase(two_tickets(unit).person_id, now=NOW)

    do(report_and_erase)

    assert where_is(store, CANARY) == set()
    assert store.verify_audit().problems == ()


def test_the_tickets_stay_and_a_shared_one_is_told_by_the_neighbour(store: Store, do: Do) -> None:
    person = do(two_tickets)

    do(lambda unit: unit.people.erase(person.person_id, now=NOW))

    assert do(lambda unit: unit.tickets.get(ALONE)).text == ""
    assert do(lambda unit: unit.tickets.get(SHARED)).text == "我也没电梯"
    assert do(lambda unit: unit.reporters.list_of(ALONE)) == []
    assert len(do(lambda unit: unit.reporters.list_of(SHARED))) == 1


def test_what_others_said_stays(store: Store, do: Do) -> None:
    person = do(two_tickets)

    do(lambda unit: unit.people.erase(person.person_id, now=NOW))

    file = store.reads.tickets.find(SHARED, scope=EVERYTHING)
    assert file is not None
    assert [each.words for each in file.events] == ["", "已联系维保", "", "我也没电梯"]
    assert [each.text for each in file.messages] == ["", "我也没电梯"]


def test_nothing_more_is_sent_to_the_erased(do: Do) -> None:
    person = do(two_tickets)

    do(lambda unit: unit.people.erase(person.person_id, now=NOW))

    taken = do(
        lambda unit: unit.parcels.take("telegram:bot", owner="a", now=NOW, lasts=timedelta(1), limit=9)
    )
    assert {each.address for each in taken} == {GROUP_CHAT}


def test_who_comes_back_is_a_new_person(do: Do) -> None:
    person = do(two_tickets)
    do(lambda unit: unit.people.erase(person.person_id, now=NOW))

    assert do(lambda unit: unit.people.find("telegram", "bot", person.user)) is None
    again = do(lambda unit: unit.people.add(a_person(person.user)))

    assert again.person_id != person.person_id


def test_a_job_that_still_holds_the_person_cannot_bring_them_back(store: Store, do: Do) -> None:
    person = do(two_tickets)
    do(lambda unit: unit.people.erase(person.person_id, now=NOW))

    do(lambda unit: unit.people.save(person))

    assert where_is(store, CANARY) == set()


def test_the_sandbox_forgets_too(store: Store, do: Do) -> None:
    def talk(unit: Unit) -> int:
        person = unit.people.add(
            a_person("u1", channel="sandbox", account="sandbox", private=None, name=f"name-{CANARY}")
        )
        unit.tickets.add(a_ticket(1))
        unit.messages.add(Message(1, f"person:{person.person_id}", NOW, f"电梯-{CANARY}"))
        for author, text in [
            ("u1", f"电梯-{CANARY}"),
            ("liren", f"新诉求：电梯-{CANARY}"),
            ("u2", "邻居的话"),
        ]:
            unit.sandbox.add("b1", author=author, name="", text=text, buttons="[]", at=NOW)
        return person.person_id

    person_id = do(talk)
    do(lambda unit: unit.people.erase(person_id, now=NOW))

    assert [each.text for each in do(lambda unit: unit.sandbox.list_after(0))] == ["邻居的话"]


def test_an_erased_line_s_number_is_not_given_again(store: Store, do: Do) -> None:
    person = do(
        lambda unit: unit.people.add(a_person("u1", channel="sandbox", account="sandbox", private=None))
    )

    def say(unit: Unit, author: str) -> int:
        return unit.sandbox.add("b1", author=author, name="", text=f"{author}的话", buttons="", at=NOW)

    before = do(lambda unit: [say(unit, each) for each in ("u2", "u1", "u1")])
    do(lambda unit: unit.people.erase(person.person_id, now=NOW))
    after = do(lambda unit: say(unit, "u2"))
    do(lambda unit: unit.people.erase(person.person_id, now=NOW))

    assert after > max(before)
    assert [each.shown_id for each in do(lambda unit: unit.sandbox.list_after(0))] == [before[0], after]
    assert [each.shown_id for each in do(lambda unit: unit.sandbox.list_latest(limit=1))] == [after]


def test_the_sandbox_forgets_what_it_showed_of_another_channel(store: Store, do: Do) -> None:
    person = do(two_tickets)
    quoted = f"新工单 #{ALONE} · 电梯\n电梯-{CANARY}-{ALONE}"
    do(lambda unit: unit.sandbox.add("b1", author="liren", name="", text=quoted, buttons="[]", at=NOW))
    do(lambda unit: unit.sandbox.add("b1", author="u2", name="", text="邻居的话", buttons="[]", at=NOW))

    do(lambda unit: unit.people.erase(person.person_id, now=NOW))

    assert [each.text for each in do(lambda unit: unit.sandbox.list_after(0))] == ["邻居的话"]


def test_the_file_itself_holds_nothing_any_more(sqlite_store_url: str) -> None:
    store = open_store(sqlite_store_url, now=lambda: NOW)
    person = store.writer.run_now(two_tickets)
    store.writer.run_now(lambda unit: unit.people.erase(person.person_id, now=NOW))
    store.close_now()

    with open(sqlite_store_url.removeprefix("sqlite:///"), "rb") as file:
        assert CANARY.encode() not in file.read()
