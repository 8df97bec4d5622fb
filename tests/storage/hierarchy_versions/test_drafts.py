"""Drafts of the tree: one an account, which two windows do not overwrite unseen, and put away rather than lost."""

from datetime import timedelta

import pytest

from storage.hierarchy_versions.drafts import Doing, DraftChangedError
from storage.hierarchy_versions.steps import MOST_STEPS, find_change
from tests.storage.conftest import NOW, Do

LATER = NOW + timedelta(minutes=5)
ADD = Doing("add_node", {"name": "3号楼"})


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


def test_steps_are_taken_back_and_done_again(do: Do):
    do(lambda unit: unit.tree_drafts.save(7, base=3, text="a\n", note="", now=NOW))
    do(lambda unit: unit.tree_drafts.save(7, base=3, text="a\n三\n", note="", now=NOW, doing=ADD))
    after = do(
        lambda unit: unit.tree_drafts.save(
            7, base=4, text="a\n三四\n", note="", now=NOW, doing=Doing("rebase")
        )
    )

    back = do(lambda unit: unit.tree_drafts.undo(7, 3, now=LATER))
    further = do(lambda unit: unit.tree_drafts.undo(7, 2, now=LATER))
    again = do(lambda unit: unit.tree_drafts.redo(7, 2, now=LATER))

    assert (back.text, back.base, back.done.verb, back.undone.verb) == ("a\n三\n", 3, "add_node", "rebase")
    assert (further.text, further.done.number, further.undone.told) == ("a\n", 1, {"name": "3号楼"})
    assert (again.text, again.saved_at, again.revision) == ("a\n三\n", LATER, after.revision + 3)
    assert do(lambda unit: unit.tree_drafts.find(7)) == again


def test_only_the_step_that_was_named_is_taken_back(do: Do):
    do(lambda unit: unit.tree_drafts.save(7, base=3, text="a", note="", now=NOW, doing=ADD))
    do(lambda unit: unit.tree_drafts.save(7, base=3, text="ab", note="", now=NOW, doing=ADD))

    assert do(lambda unit: unit.tree_drafts.undo(7, 1, now=LATER)) is None
    assert do(lambda unit: unit.tree_drafts.redo(7, 2, now=LATER)) is None
    assert do(lambda unit: unit.tree_drafts.undo(8, 1, now=LATER)) is None
    assert do(lambda unit: unit.tree_drafts.find(7)).text == "ab"


def test_a_new_step_ends_what_could_be_done_again(do: Do):
    for text in ("a", "ab"):
        do(lambda unit, text=text: unit.tree_drafts.save(7, base=3, text=text, note="", now=NOW, doing=ADD))
    do(lambda unit: unit.tree_drafts.undo(7, 2, now=NOW))

    new = do(
        lambda unit: unit.tree_drafts.save(7, base=3, text="ac", note="", now=NOW, doing=Doing("import"))
    )

    assert (new.done.number, new.done.verb, new.undone) == (2, "import", None)


def test_what_is_typed_within_a_minute_is_one_step_and_none_when_it_comes_to_nothing(do: Do):
    do(lambda unit: unit.tree_drafts.save(7, base=3, text="name: 1\n", note="", now=NOW, doing=ADD))
    for seconds, text in ((10, "name: 12\n"), (60, "name: 123\n"), (119, "name: 1234\n")):
        now = NOW + timedelta(seconds=seconds)
        typed = do(
            lambda unit, text=text, now=now: unit.tree_drafts.save(7, base=3, text=text, note="", now=now)
        )
    assert (typed.done.number, typed.done.change.gone, typed.done.change.come) == (2, "", "234")

    nothing = do(lambda unit: unit.tree_drafts.save(7, base=3, text="name: 1\n", note="", now=now))
    later = do(lambda unit: unit.tree_drafts.save(7, base=3, text="name: 9\n", note="", now=LATER))
    latest = do(
        lambda unit: unit.tree_drafts.save(
            7, base=3, text="name: 8\n", note="", now=LATER + timedelta(minutes=2)
        )
    )

    assert nothing.done.number == 1
    assert (later.done.number, latest.done.number) == (2, 3)


def test_only_the_newest_steps_are_kept_and_all_go_with_the_draft(do: Do):
    for number in range(1, MOST_STEPS + 3):
        text = "x" * number
        do(lambda unit, text=text: unit.tree_drafts.save(7, base=3, text=text, note="", now=NOW, doing=ADD))
    taken_back = 0
    while (draft := do(lambda unit: unit.tree_drafts.find(7))).done is not None:
        do(lambda unit, number=draft.done.number: unit.tree_drafts.undo(7, number, now=LATER))
        taken_back += 1

    assert (taken_back, draft.text) == (MOST_STEPS, "xx")
    do(lambda unit: unit.tree_drafts.drop(7))
    assert do(lambda unit: unit.tree_drafts.save(7, base=3, text="y", note="", now=NOW)).done.number == 1


def test_a_draft_that_is_taken_up_again_has_its_steps_and_a_new_one_has_none(do: Do):
    do(lambda unit: unit.tree_drafts.save(7, base=3, text="a", note="", now=NOW, doing=ADD))
    do(lambda unit: unit.tree_drafts.put_away(7, now=NOW))
    assert do(lambda unit: unit.tree_drafts.undo(7, 1, now=LATER)) is None
    do(lambda unit: unit.tree_drafts.take_up(7))
    assert do(lambda unit: unit.tree_drafts.find(7)).done.verb == "add_node"

    do(lambda unit: unit.tree_drafts.put_away(7, now=NOW))
    new = do(lambda unit: unit.tree_drafts.save(7, base=3, text="b", note="", now=NOW, doing=Doing("import")))

    assert (new.done.number, new.done.verb) == (1, "import")


@pytest.mark.parametrize(
    ("old", "new"), [("", "a"), ("a", ""), ("aba", "abba"), ("aaaa", "aa"), ("一二三", "一四三"), ("x", "x")]
)
def test_a_change_leads_there_and_back(old: str, new: str):
    change = find_change(old, new)

    assert change.forwards(old) == new
    assert change.backwards(new) == old
    assert len(change.gone) + len(change.come) <= max(len(old), len(new))


def test_a_change_refuses_another_text():
    with pytest.raises(ValueError, match="another text"):
        find_change("a: 1", "a: 2").backwards("b: 3")
