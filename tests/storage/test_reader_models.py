"""Lessons and models, as they are stored."""

from datetime import timedelta

from routing.events import EventKind
from storage.reader_models import StoredModel, Taught
from tests.storage.conftest import NOW, Do
from tests.storage.rows import an_event, open_ticket


def a_model(content: bytes, categories: str = "five") -> StoredModel:
    return StoredModel(categories, 3, 40, "{}", content, NOW)


def test_same_text_taught_again_replaces_what_it_was(do: Do[object]) -> None:
    later = NOW + timedelta(days=1)

    do(
        lambda unit: unit.reader_models.teach(
            [Taught("电梯坏了", "noise", NOW), Taught("太吵", "noise", NOW)]
        )
    )
    do(lambda unit: unit.reader_models.teach([Taught("电梯坏了", "elevator", later)]))

    taught = do(lambda unit: unit.reader_models.list_taught())
    assert set(taught) == {Taught("电梯坏了", "elevator", later), Taught("太吵", "noise", NOW)}


def test_latest_model_of_the_categories_is_found(do: Do[object]) -> None:
    for content in (b"1", b"2", b"3", b"4", b"5"):
        do(lambda unit, content=content: unit.reader_models.add(a_model(content)))
    do(lambda unit: unit.reader_models.add(a_model(b"else", "six")))

    found = do(lambda unit: unit.reader_models.find_latest("five"))

    assert isinstance(found, StoredModel)
    assert found.content == b"5"
    assert found.made_at == NOW
    assert do(lambda unit: unit.reader_models.list_ids("five"))[0] == found.model_id
    assert do(lambda unit: unit.reader_models.find_latest("seven")) is None


def test_older_models_make_room_and_others_stay(do: Do[object]) -> None:
    do(lambda unit: unit.reader_models.add(a_model(b"else", "six")))
    for content in (b"1", b"2", b"3", b"4", b"5"):
        do(lambda unit, content=content: unit.reader_models.add(a_model(content)))

    kept = do(lambda unit: unit.reader_models.list_ids("five"))
    others = do(lambda unit: unit.reader_models.list_ids("six"))

    assert isinstance(kept, list)
    assert isinstance(others, list)
    assert (len(kept), len(others)) == (3, 1)


def test_what_staff_sorted_is_a_lesson_with_its_last_category(do: Do[object]) -> None:
    later = NOW + timedelta(hours=2)
    number = do(lambda unit: open_ticket(unit, text="楼上半夜蹦迪", category="noise"))
    unsorted = do(lambda unit: open_ticket(unit, text="电梯坏了"))
    do(lambda unit: unit.history.append(an_event(number, kind=EventKind.SORTED, by="zhao", at=NOW)))
    do(lambda unit: unit.history.append(an_event(number, kind=EventKind.SORTED, by="zhao", at=later)))
    do(
        lambda unit: unit.history.append(
            an_event(unsorted, kind=EventKind.SORTED, by="zhao", reason="urgent")
        )
    )

    lessons = do(lambda unit: unit.reader_models.list_sorted())

    assert lessons == [Taught("楼上半夜蹦迪", "noise", later)]
