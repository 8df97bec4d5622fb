"""The section `expect:`: messages with where they should go, whose ids must exist."""

import pytest

from routing.expectations import Expectation
from storage.hierarchy_file import read_hierarchy
from tests.storage.hierarchy_file.street import EXAMPLE, the_problem

SAID = "expect:\n  - {say: 电梯坏了, in: xingfuli-b1-residents, "


def with_example(rest: str) -> str:
    return f"{EXAMPLE}{SAID}{rest}}}\n"


def test_examples_are_read_in_the_order_of_the_file():
    text = with_example(
        "category: elevator, goes_to: xingfuli-property, urgent: no, node: xingfuli-b1, level: building"
    )

    tree = read_hierarchy(f"{text}  - {{say: 好吵, in: xingfuli-b1-residents, category: noise}}\n").hierarchy

    assert tree is not None
    assert tree.expectations == (
        Expectation(
            "电梯坏了",
            "xingfuli-b1-residents",
            "elevator",
            False,
            "xingfuli-b1",
            "building",
            "xingfuli-property",
        ),
        Expectation("好吵", "xingfuli-b1-residents", "noise"),
    )


def test_a_file_without_examples_has_none():
    tree = read_hierarchy(EXAMPLE).hierarchy

    assert tree is not None
    assert tree.expectations == ()


@pytest.mark.parametrize(
    ("rest", "path", "said"),
    [
        ("category: elevatr", "category", 'Did you mean "elevator"'),
        ("goes_to: nobody", "goes_to", "does not exist"),
        ("node: nowhere", "node", "does not exist"),
        ("level: buildin", "level", 'Did you mean "building"'),
        ("urgent: maybe", "urgent", "neither yes nor no"),
        ("colour: red, category: other", "colour", "Unknown key"),
    ],
)
def test_what_does_not_exist_is_told_at_its_key(rest: str, path: str, said: str):
    problem = the_problem(with_example(rest))

    assert problem.path == f"expect[0].{path}"
    assert said in problem.message


def test_an_example_that_wants_nothing_is_a_slip():
    problem = the_problem(f"{EXAMPLE}expect:\n  - {{say: 电梯坏了, in: xingfuli-b1-residents}}\n")

    assert "says nothing that is wanted" in problem.message


def test_words_and_group_are_needed():
    assert (
        "missing"
        in the_problem(f"{EXAMPLE}expect:\n  - {{in: xingfuli-b1-residents, category: other}}\n").message
    )
    assert "missing" in the_problem(f"{EXAMPLE}expect:\n  - {{say: 电梯坏了, category: other}}\n").message


def test_more_examples_than_are_tried_are_refused():
    one = "  - {say: 坏了, in: xingfuli-b1-residents, category: other}\n"

    assert "at most 500" in the_problem(f"{EXAMPLE}expect:\n{one * 501}").message
