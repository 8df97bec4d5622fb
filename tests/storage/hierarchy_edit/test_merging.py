"""Two people edit one file: what does not touch is put together; where both meant the same lines nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from storage.hierarchy_edit.merging import OURS_BELOW, MergedText, merge

BASE = "one\ntwo\nthree\nfour\nfive\n"
LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=8).map("".join)


def test_edits_at_different_places_are_put_together():
    merged = merge(BASE, mine=BASE.replace("two", "TWO"), newest=BASE.replace("five", "five\nsix"))

    assert (merged.text, merged.conflicts) == ("one\nTWO\nthree\nfour\nfive\nsix\n", 0)


def test_the_same_edit_is_made_once():
    merged = merge(BASE, mine=BASE.replace("two", "TWO"), newest=BASE.replace("two", "TWO"))

    assert (merged.text, merged.conflicts) == (BASE.replace("two", "TWO"), 0)


def test_where_both_changed_a_line_the_newest_stands_and_mine_is_kept_beside_it():
    merged = merge(BASE, mine=BASE.replace("two", "mine"), newest=BASE.replace("two", "theirs"))

    assert merged.conflicts == 1
    assert merged.text == f"one\ntheirs\n{OURS_BELOW}\n# mine\nthree\nfour\nfive\n"


def test_a_last_line_without_an_end_does_not_swallow_the_comment():
    merged = merge("one", mine="mine", newest="theirs")

    assert merged.text == f"theirs\n{OURS_BELOW}\n# mine\n"


@given(LINES, LINES)
def test_who_changed_nothing_takes_everything_of_the_other(base: str, other: str):
    assert merge(base, mine=base, newest=other).text == other
    assert merge(base, mine=other, newest=base).text == other


@given(LINES, LINES, LINES)
def test_nothing_that_was_typed_is_lost(base: str, mine: str, newest: str):
    merged = merge(base, mine=mine, newest=newest)

    typed = set(mine.splitlines()) - set(base.splitlines())
    assert typed <= {each.removeprefix("# ") for each in merged.text.splitlines()}


def test_lines_that_only_end_in_another_way_are_no_conflict():
    base, mine = "a: 1\nb: 2\nc: 3\n", "a: 1\nb: 3\nc: 3\n"

    merged = merge(base, mine=mine, newest=base.replace("\n", "\r\n"))

    assert merged == MergedText("a: 1\r\nb: 3\r\nc: 3\r\n", 0)
