"""Versions of the hierarchy and ids that never mean a second place, on both databases."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from storage.hierarchy_versions.versions import (
    HierarchyVersion,
    PlaceIdentity,
    ReusedPlace,
    ReusedPlacesError,
    StaleHierarchyError,
)
from storage.store import Store
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW

Do = Callable[[Callable[[Unit], Any]], Any]
STREET = {"xinhua": PlaceIdentity("street", "新华街道")}
ONE_BUILDING = {**STREET, "b1": PlaceIdentity("building", "1号楼")}


def apply(
    text: str, places: Mapping[str, PlaceIdentity], *, after: int | None = None
) -> Callable[[Unit], HierarchyVersion]:
    return lambda unit: unit.hierarchy_versions.add(
        text, digest=f"digest of {text}", author="zhao", note="试", now=NOW, places=places, after=after
    )


def test_versions_count_up_and_the_newest_is_in_force(store: Store, do: Do) -> None:
    assert do(lambda unit: unit.hierarchy_versions.latest()) is None

    first = do(apply("a", STREET))
    second = do(apply("b", ONE_BUILDING))

    assert (first.version, second.version) == (1, 2)
    assert do(lambda unit: unit.hierarchy_versions.latest()) == second
    assert do(lambda unit: unit.hierarchy_versions.latest_number()) == (2, "digest of b")
    assert do(lambda unit: unit.hierarchy_versions.find(1)) == first
    assert [each.version for each in store.reads.list_hierarchy_versions()] == [2, 1]
    assert store.reads.find_hierarchy_version(2) == second


def test_the_same_change_seen_twice_makes_one_version(store: Store, do: Do) -> None:
    first = do(apply("a", STREET))

    again = do(apply("a", STREET))

    assert again == first
    assert len(store.reads.list_hierarchy_versions()) == 1


def test_who_saw_an_older_version_is_told_of_the_newest(do: Do) -> None:
    do(apply("a", STREET))
    do(apply("b", ONE_BUILDING, after=1))

    with pytest.raises(StaleHierarchyError) as stale:
        do(apply("c", STREET, after=1))

    assert stale.value.latest.version == 2


def test_an_id_that_left_the_tree_is_never_used_again(do: Do) -> None:
    do(apply("a", ONE_BUILDING))
    do(apply("b", STREET))

    with pytest.raises(ReusedPlacesError) as refusal:
        do(apply("c", {**STREET, "b1": PlaceIdentity("building", "新1号楼")}))

    assert refusal.value.places == (ReusedPlace("b1", "1号楼", "building"),)
    assert do(lambda unit: unit.hierarchy_versions.latest()).version == 2


def test_an_id_cannot_change_its_level(do: Do) -> None:
    do(apply("a", ONE_BUILDING))

    with pytest.raises(ReusedPlacesError) as refusal:
        do(apply("b", {**STREET, "b1": PlaceIdentity("community", "1号社区")}))

    assert refusal.value.places == (ReusedPlace("b1", "1号楼", "building"),)


def test_a_place_may_be_renamed(do: Do) -> None:
    do(apply("a", ONE_BUILDING))
    do(apply("b", {**STREET, "b1": PlaceIdentity("building", "一号楼")}))

    [gone] = do(lambda unit: unit.hierarchy_versions.list_reused({"b1": PlaceIdentity("street", "?")}))

    assert gone.old_name == "一号楼"


def test_an_applied_version_is_in_the_audit(store: Store, do: Do) -> None:
    do(apply("a", STREET))

    [row] = store.reads.list_audit(subject="hierarchy:1")

    assert (row.kind, row.by, row.content) == ("hierarchy.applied", "zhao", '{"digest":"digest of a"}')


def test_who_was_over_the_whole_tree_follows_its_root(do: Do) -> None:
    do(
        lambda unit: unit.accounts.add(
            "孙岚", key="孙岚", role="auditor", scope="xinhua", staff_id=None, now=NOW
        )
    )
    do(lambda unit: unit.root_change.follow_tickets("xinhua", "jie"))

    do(lambda unit: unit.root_change.follow_rights("xinhua", "jie", by="zhao", now=NOW))

    assert [each.scope for each in do(lambda unit: unit.accounts.list_all())] == ["jie"]
