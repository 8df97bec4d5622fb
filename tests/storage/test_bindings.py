"""Bound accounts, their codes and forms that were taken, in both databases."""

from datetime import timedelta

from routing.bindings import Binding
from storage.queries.bindings import BindingReads
from storage.store import Store
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW, Do

TOMORROW = NOW + timedelta(hours=24)


def put_code(unit: Unit, staff_id: str = "wangfang", code: str = "7K3M9QX2") -> None:
    unit.bindings.put_code(staff_id, code, ends_at=TOMORROW, by="zhao", now=NOW)


def bind(unit: Unit, user: str = "2001", staff_id: str = "wangfang") -> str | None:
    return unit.bindings.bind(Binding("telegram", user, staff_id, NOW))


def test_a_code_is_good_for_its_person_until_it_ends(do: Do) -> None:
    do(put_code)

    assert do(lambda unit: unit.bindings.find_code("7K3M9QX2", now=NOW)) == "wangfang"
    assert do(lambda unit: unit.bindings.find_code("7K3M9QX2", now=TOMORROW)) is None
    assert do(lambda unit: unit.bindings.find_code("AAAA2222", now=NOW)) is None


def test_a_code_is_used_once(do: Do) -> None:
    do(put_code)

    assert do(lambda unit: unit.bindings.use_code("7K3M9QX2"))
    assert not do(lambda unit: unit.bindings.use_code("7K3M9QX2"))


def test_a_new_code_ends_the_one_before(do: Do, store: Store) -> None:
    do(put_code)
    do(lambda unit: put_code(unit, code="AAAA2222"))

    assert do(lambda unit: unit.bindings.find_code("7K3M9QX2", now=NOW)) is None
    assert BindingReads(store.reading_engine).codes(NOW) == {"wangfang": TOMORROW}
    assert BindingReads(store.reading_engine).codes(TOMORROW) == {}


def test_one_account_for_each_channel_and_person(do: Do, store: Store) -> None:
    assert do(bind) is None
    assert do(bind) is None

    assert do(lambda unit: bind(unit, "2002")) == "2001"

    assert BindingReads(store.reading_engine).list_all() == [Binding("telegram", "2002", "wangfang", NOW)]
    assert do(lambda unit: unit.bindings.find("telegram", "2001")) is None
    assert do(lambda unit: unit.bindings.find("telegram", "2002")) == "wangfang"


def test_every_change_moves_the_mark(do: Do) -> None:
    marks = [do(lambda unit: unit.bindings.mark())]
    do(bind)
    marks.append(do(lambda unit: unit.bindings.mark()))
    assert do(lambda unit: unit.bindings.unbind("telegram", "wangfang", by="zhao", now=NOW))
    marks.append(do(lambda unit: unit.bindings.mark()))
    assert not do(lambda unit: unit.bindings.unbind("telegram", "wangfang", by="zhao", now=NOW))

    assert len(set(marks)) == 3
    assert do(lambda unit: unit.bindings.mark()) == marks[-1]


def test_the_log_says_who_and_where_and_holds_no_account_and_no_code(do: Do, store: Store) -> None:
    do(put_code)
    do(bind)
    do(lambda unit: unit.bindings.unbind("telegram", "wangfang", by="zhao", now=NOW))

    rows = list(reversed(store.reads.list_audit(limit=10)))

    assert [(each.kind, each.subject, each.by) for each in rows] == [
        ("binding.code_made", "staff:wangfang", "zhao"),
        ("binding.made", "staff:wangfang", "wangfang"),
        ("binding.ended", "staff:wangfang", "zhao"),
    ]
    assert not any("2001" in each.content or "7K3M" in each.content for each in rows)


def test_wrong_codes_are_counted_for_a_quarter_of_an_hour(do: Do) -> None:
    def count(minutes: int) -> int:
        now = NOW + timedelta(minutes=minutes)
        return do(lambda unit: unit.bindings.count_tries("telegram", "2001", now=now))

    do(lambda unit: unit.bindings.note_try("telegram", "2001", now=NOW))
    do(lambda unit: unit.bindings.note_try("telegram", "2001", now=NOW))

    assert (count(0), count(15), count(16)) == (2, 2, 0)
    assert do(lambda unit: unit.bindings.count_tries("telegram", "2009", now=NOW)) == 0


def test_a_form_is_taken_once_for_each_person(do: Do) -> None:
    assert do(lambda unit: unit.taken_forms.take("k1", of="wangfang", now=NOW))
    assert not do(lambda unit: unit.taken_forms.take("k1", of="wangfang", now=NOW))
    assert do(lambda unit: unit.taken_forms.take("k1", of="zhoujun", now=NOW))

    assert do(lambda unit: unit.taken_forms.forget(TOMORROW)) == 2
    assert do(lambda unit: unit.taken_forms.take("k1", of="wangfang", now=NOW))
