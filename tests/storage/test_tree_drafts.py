"""Drafts of the tree: one an account, which two windows do not overwrite unseen, and put away rather than lost."""

from datetime import timedelta

import pytest

from storage.tree_drafts import DraftChangedError
from tests.storage.conftest import NOW, Do

LATER = NOW + timedelta(minutes=5)


def test_a_draft_is_kept_and_counted(do: Do):
    first = do(lambda unit: unit.tree_drafts.save(7, base=3, text="a", note="n", now=NOW))
    second = do(lambda unit: unit.tree_drafts.save(7, base=3, text="b", note="", now=LATER, after=1))

    assert (first.revision, second.revision) == (1, 2)
    assert do(lambda unit: unit.tree_drafts.find(7)) == second
    assert do(lambda unit: unit.tree_drafts.find(8)) is None


def test_another_window_is_noticed_and_overwritten_only_on_purpose(do: Do):
    do(lambda unit: unit.tree_drafts.save(7, base=3, text="a", note="", now=NOW))
    do(lambda unit: unit.tree_drafts.save(7, base=3, text="theirs", note="", now=NOW, after=1))

    with pytest.raises(DraftChangedError) as refused:
        do(lambda unit: unit.tree_drafts.save(7, base=3, text="mine", note="", now=LATER, after=1))

    assert refused.value.draft.text == "theirs"
    assert (
        do(lambda unit: unit.tree_drafts.save(7, base=3, text="theirs", note="", now=LATER, after=1)).revision
        == 2
    )
    assert do(lambda unit: unit.tree_drafts.save(7, base=3, text="mine", note="", now=LATER)).revision == 3


def test_what_is_put_away_is_taken_up_again(do: Do):
    do(lambda unit: unit.tree_drafts.save(7, base=3, text="a", note="", now=NOW))

    do(lambda unit: unit.tree_drafts.put_away(7, now=LATER))
    away = do(lambda unit: unit.tree_drafts.find(7))
    do(lambda unit: unit.tree_drafts.take_up(7))
    back = do(lambda unit: unit.tree_drafts.find(7))

    assert away is not None
    assert back is not None
    assert (away.put_away_at, back.put_away_at, back.text) == (LATER, None, "a")


def test_what_is_not_there_can_be_put_away_and_dropped(do: Do):
    do(lambda unit: unit.tree_drafts.put_away(7, now=NOW))
    do(lambda unit: unit.tree_drafts.take_up(7))
    do(lambda unit: unit.tree_drafts.drop(7))

    assert do(lambda unit: unit.tree_drafts.find(7)) is None


def test_an_applied_draft_is_dropped(do: Do):
    do(lambda unit: unit.tree_drafts.save(7, base=3, text="a", note="", now=NOW))

    do(lambda unit: unit.tree_drafts.drop(7))

    assert do(lambda unit: unit.tree_drafts.find(7)) is None
