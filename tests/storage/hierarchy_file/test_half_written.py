"""A file that was cut off is refused, wherever it was cut: what is missing was not deleted."""

import pytest

from storage.hierarchy_file import read_hierarchy
from tests.storage.hierarchy_file.street import EXAMPLE, SHIPPED, the_problem, tree_of

EVERY = 7
"""Bytes between two cuts; 1 tries every one and takes a minute."""


def test_a_closed_file_cut_at_any_byte_is_refused_or_means_the_same():
    source, whole = SHIPPED.encode(), tree_of(SHIPPED)

    for length in range(0, len(source), EVERY):
        checked = read_hierarchy(source[:length])

        assert checked.problems or checked.hierarchy == whole, length
        assert not (checked.problems and checked.hierarchy), length


def test_a_file_in_force_cut_at_any_byte_is_refused_or_means_the_same():
    source, whole = EXAMPLE.encode(), tree_of(EXAMPLE)

    for length in range(0, len(source), EVERY):
        checked = read_hierarchy(source[:length], before=EXAMPLE)

        assert checked.problems or checked.hierarchy == whole, length


@pytest.mark.parametrize("lost", range(1, 6))
def test_the_last_bytes_of_a_closed_file_matter(lost):
    checked = read_hierarchy(SHIPPED.encode()[:-lost])

    assert checked.problems or (lost == 1 and checked.hierarchy == tree_of(SHIPPED))


def test_a_file_that_opens_and_does_not_close_is_half_there():
    problem = the_problem("---\n" + EXAMPLE)

    assert problem.line == EXAMPLE.count("\n") + 1
    assert "opens with `---` but has no closing line `...`" in problem.message
    assert "却没有结束行" in problem.message_zh


def test_a_last_line_without_its_end_may_be_cut_off():
    cut = EXAMPLE[: EXAMPLE.index("号楼\n            groups")]

    problem = the_problem(cut)

    assert problem.line == cut.count("\n") + 1
    assert "The last line has no end" in problem.message
    assert "最后一行没有换行" in problem.message_zh


def test_a_last_line_that_is_closed_by_a_bracket_needs_no_end():
    assert tree_of(EXAMPLE.rstrip("\n")) == tree_of(EXAMPLE)


def test_the_beginning_of_the_file_in_force_is_half_there():
    cut = EXAMPLE[: EXAMPLE.index("          # One entry")]

    (problem,) = read_hierarchy(cut, before=EXAMPLE).problems

    assert problem.line == cut.count("\n")
    assert "only the beginning of the file in force" in problem.message
    assert "只是现行文件的前半部分" in problem.message_zh


def test_who_really_deletes_the_end_says_so_by_closing_the_file():
    shorter = EXAMPLE[: EXAMPLE.index("          # One entry")] + "...\n"

    checked = read_hierarchy(shorter, before=EXAMPLE)

    assert checked.problems == ()
    assert len(checked.hierarchy.nodes) == 3


def test_a_text_that_was_changed_is_no_beginning():
    changed_name = EXAMPLE[: EXAMPLE.index("          # One entry")].replace("1号楼", "一号楼")

    assert read_hierarchy(changed_name, before=EXAMPLE).problems == ()


def test_only_comments_may_go_from_the_end():
    checked = read_hierarchy(EXAMPLE, before=EXAMPLE + "\n# a last remark\n")

    assert checked.problems == ()


def test_a_character_cut_in_two_is_told_as_such():
    source = EXAMPLE.encode()
    cut = source[: source.index("新华街道".encode()) + 2]

    problem = the_problem(cut)

    assert problem.line == 4
    assert "ends in the middle of a character" in problem.message
    assert "在一个字的中间断了" in problem.message_zh
