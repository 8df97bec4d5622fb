"""Others' lines folded away: what is shown, how it comes together again, and where problems are told."""

from admin_web.hierarchy_office import FileProblem
from admin_web.part_text import FoldBroken, PartText, Restored, fold, fold_like, restore

TEXT = "name: x\ntree:\n  - id: a\n    secret: 1\n    secret: 2\n    children:\n      - id: own\n      - id: other\n"
SHOWN = (
    "name: x\ntree:\n  - id: a\n    #⋯1 2 not shown\n    children:\n      - id: own\n      #⋯2 1 not shown\n"
)


def a_part(text: str = TEXT) -> PartText:
    return fold(text, [(3, 5), (7, 8)], lambda count: f"{count} not shown")


def restored(written: str) -> Restored:
    found = restore(written, a_part())
    assert isinstance(found, Restored)
    return found


def test_others_lines_become_one_line_each_and_come_back_as_they_were():
    assert a_part().text == SHOWN
    assert restored(SHOWN).text == TEXT
    added = "id: mine\n      - id: new"
    assert restored(SHOWN.replace("id: own", added)).text == TEXT.replace("id: own", added)


def test_a_line_that_stands_for_others_has_to_stay_where_it_is():
    first, second = (SHOWN.split("\n")[at] for at in (3, 6))

    gone = restore(SHOWN.replace(f"{first}\n", ""), a_part())
    twice = restore(SHOWN.replace(first, f"{first}\n{first}"), a_part())
    last = restore(SHOWN.replace(f"{second}\n", ""), a_part())
    moved = restore(SHOWN.replace(first, "-").replace(second, first).replace("-", second), a_part())

    assert gone == FoldBroken(2, 6)
    assert twice == FoldBroken(1, 5)
    assert last == FoldBroken(2, 7)
    assert isinstance(moved, FoldBroken)


def test_problems_are_told_by_the_lines_that_are_shown():
    part = restored(SHOWN.replace("name: x", "name: x\n# more")).shown
    problem = FileProblem(9, "", "As in line 5 and line 8.", "与第 5 行、第 8 行相同。")

    (told,) = part.tell((problem,))

    assert told == FileProblem(8, "", "As in line 5 and line 7.", "与第 5 行、第 7 行相同。")


def test_what_is_no_yaml_is_folded_where_the_same_lines_stood_before():
    broken = TEXT.replace("id: own", "id: [own")

    found = fold_like(broken, a_part())

    assert found is not None
    assert found.text == SHOWN.replace("id: own", "id: [own")
    assert restore(found.text, found) == Restored(broken, found)
    assert fold_like(TEXT.replace("secret: 2", "secret: 3"), a_part()) is None


def test_a_comment_that_looks_like_a_fold_is_folded_too():
    text = TEXT.replace("name: x", "#⋯7 mine")

    part = a_part(text)

    assert part.text.startswith("#⋯1 1 not shown\n")
    assert restore(part.text, part) == Restored(text, part)
