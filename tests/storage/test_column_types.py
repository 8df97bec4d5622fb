"""Text and instants as they come back from both databases."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from routing.people import Message
from storage.column_types import clean
from storage.writing.unit_of_work import Unit
from tests.storage.rows import a_ticket, an_event

Do = Callable[[Callable[[Unit], Any]], Any]
# Everything that can arrive in a message, lone surrogates and NUL too.
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
INSTANTS = st.datetimes(
    min_value=datetime(1950, 1, 1),
    max_value=datetime(2200, 1, 1),
    timezones=st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_clean_drops_nul_and_replaces_lone_surrogates_only() -> None:
    assert (
        clean("3\x00单元\ud83d电梯\udc00 \U0001f6d7\u200f\u200b")
        == "3单元\ufffd电梯\ufffd \U0001f6d7\u200f\u200b"
    )


@MANY
@given(texts=st.lists(ANY_TEXT, min_size=1, max_size=8))
@example(
    texts=[
        "\x00",
        "\ud83d",
        "\U0001f468\u200d\U0001f469",
        "'; DROP TABLE ticket; --",
        "%s %(a)s ?",
        "\\",
        "\u202e",
    ]
)
def test_every_text_comes_back_as_it_was_but_for_what_no_database_keeps(do: Do, texts: list[str]) -> None:
    def write_and_read(unit: Unit) -> tuple[list[str], list[str]]:
        number = unit.tickets.next_number()
        unit.tickets.add(a_ticket(number, text=texts[0], place=texts[-1]))
        for text in texts:
            unit.messages.add(Message(number, "person:1", a_ticket(1).opened_at, text))
        ticket = unit.tickets.get(number)
        return [ticket.text, ticket.place], [each.text for each in unit.messages.list_of(number)]

    on_ticket, messages = do(write_and_read)

    assert on_ticket == [clean(texts[0]), clean(texts[-1])]
    assert messages == [clean(text) for text in texts]


@MANY
@given(words=ANY_TEXT, value=ANY_TEXT)
def test_a_story_of_any_words_holds_in_the_chain(do: Do, store: Any, words: str, value: str) -> None:
    def tell(unit: Unit) -> int:
        number = unit.tickets.next_number()
        unit.tickets.add(a_ticket(number))
        unit.history.append(an_event(number, words=words, values={"said": value}))
        return number

    number = do(tell)
    [event] = do(lambda unit: unit.history.list_of(number))

    assert (event.words, event.values["said"]) == (clean(words), clean(value))
    assert store.verify_audit().problems == ()


@MANY
@given(at=INSTANTS)
def test_every_instant_comes_back_the_same_and_in_utc(do: Do, at: datetime) -> None:
    def write_and_read(unit: Unit) -> datetime:
        number = unit.tickets.next_number()
        unit.tickets.add(a_ticket(number, opened_at=at))
        return unit.tickets.get(number).opened_at

    stored = do(write_and_read)

    assert stored == at
    assert stored.tzinfo is UTC
