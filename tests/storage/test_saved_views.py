"""Saved views: each owner's own, replaced by name, bounded, renamed and dropped."""

from storage import saved_views
from tests.storage.conftest import NOW

ME, OTHER = "account:1", "staff:wangfang"


def keep(do, owner: str, name: str, query: str = "state=late") -> bool:
    return do(lambda unit: unit.saved_views.keep(owner, name, query=query, now=NOW))


def names(do, owner: str) -> list[tuple[str, str]]:
    return [(each.name, each.query) for each in do(lambda unit: unit.saved_views.list_of(owner))]


def first_id(do, owner: str) -> int:
    return do(lambda unit: unit.saved_views.list_of(owner))[0].view_id


def test_views_are_kept_in_order_and_one_of_the_same_name_is_replaced(do):
    keep(do, ME, "超时")
    keep(do, ME, "电梯", "category=elevator")
    keep(do, ME, "超时", "state=soon")
    keep(do, OTHER, "超时", "urgent=1")

    assert names(do, ME) == [("超时", "state=soon"), ("电梯", "category=elevator")]
    assert names(do, OTHER) == [("超时", "urgent=1")]


def test_there_are_only_so_many(do, monkeypatch):
    monkeypatch.setattr(saved_views, "MOST_VIEWS", 1)

    assert [keep(do, ME, "一"), keep(do, ME, "二"), keep(do, ME, "一", "urgent=1")] == [True, False, True]
    assert names(do, ME) == [("一", "urgent=1")]


def test_a_view_is_renamed_and_dropped_by_its_owner_alone(do):
    keep(do, ME, "一")
    keep(do, ME, "二")
    view_id = first_id(do, ME)

    assert not do(lambda unit: unit.saved_views.rename(OTHER, view_id, name="三"))
    assert not do(lambda unit: unit.saved_views.rename(ME, view_id, name="二"))
    assert do(lambda unit: unit.saved_views.rename(ME, view_id, name="三"))
    assert not do(lambda unit: unit.saved_views.drop(OTHER, view_id))
    assert [each for each, _ in names(do, ME)] == ["三", "二"]
    assert do(lambda unit: unit.saved_views.drop(ME, view_id))
    assert [each for each, _ in names(do, ME)] == ["二"]
