"""Texts of the tree that were checked are not read again, and what depends on more than the text is told apart."""

from app.tree.checks import KEPT, CheckedTexts
from benchmarks.trees import written_out

WHOLE = written_out(1, 2).removesuffix("...\n").replace("---\n", "", 1)


def test_a_text_that_was_checked_is_not_read_again():
    texts = CheckedTexts()

    first = texts.of(WHOLE.encode(), name="edit")

    assert first.hierarchy is not None
    assert texts.of(WHOLE.encode(), name="hierarchy.yaml", before="name: 别的街道\n") is first


def test_the_beginning_of_the_text_in_force_is_half_written_only_where_that_is_asked():
    texts, part = CheckedTexts(), WHOLE[: WHOLE.index("          - id: c1-b2")]

    alone = texts.of(part.encode(), name="edit")
    half = texts.of(part.encode(), name="edit", before=WHOLE)

    assert alone.hierarchy is not None
    assert [each.message[:27] for each in half.problems] == ["This is only the beginning "]


def test_a_wrong_text_is_told_with_the_name_it_came_by():
    texts = CheckedTexts()

    told = [texts.of(b"# nothing\n", name=name).problems[0].message.split()[0] for name in ("one", "two")]

    assert told == ["one", "two"]


def test_only_the_last_texts_are_kept():
    texts = CheckedTexts()

    first = texts.of(WHOLE.encode(), name="edit")
    for each in range(KEPT):
        texts.of(f"name: {each}\n".encode(), name="edit")

    assert texts.of(WHOLE.encode(), name="edit") is not first
