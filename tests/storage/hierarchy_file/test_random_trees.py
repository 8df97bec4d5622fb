"""Any tree that can be written is read back as it was; any mess is refused and never raises."""

import json
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.hierarchy_file import read_hierarchy
from tests.storage.hierarchy_file.street import EXAMPLE

QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

NAMES = st.text(st.characters(categories=("L", "N"), exclude_characters="{}"), min_size=1, max_size=12)
KINDS = st.sampled_from(["residents", "staff", "property", "owners", "topic:养犬", "lift-repair"])


@st.composite
def trees(draw):
    """(the file as plain values, node id → (level, parent, kinds of its groups))."""
    depth = draw(st.integers(1, 5))
    levels = [f"level{number}" for number in range(depth)]
    expected = {}
    numbers = count(1)

    def node(rank, parent):
        number = next(numbers)
        kinds = draw(st.lists(KINDS, max_size=3)) if parent else ["staff"]
        expected[f"n{number}"] = (levels[rank], parent, tuple(kinds))
        groups = [
            {"id": f"g{number}-{at}", "kind": kind, "name": draw(NAMES), "scene": f"s{number}-{at}"}
            for at, kind in enumerate(kinds)
        ]
        return {
            "id": f"n{number}",
            "level": levels[rank],
            "name": draw(NAMES),
            "groups": groups,
            "staff": [
                {
                    "id": f"p{number}-{at}",
                    "name": draw(NAMES),
                    "groups": [each["id"]],
                    "wecom": f"w{number}-{at}",
                }
                for at, each in enumerate(groups)
            ],
            "children": [node(rank - 1, f"n{number}") for _ in range(draw(st.integers(0, 3)) if rank else 0)],
        }

    tree = node(depth - 1, None)
    limits = {each: {"claim": "1h", "resolve": "2d"} for each in levels}
    return {
        "version": "1",
        "name": draw(NAMES),
        "levels": [{"id": each, "name": draw(NAMES)} for each in levels],
        "calendars": {"always": {"days": ["mon", "sun"], "hours": ["00:00-24:00"]}},
        "clocks": {"normal": {"calendar": "always", **limits}, "urgent": {"calendar": "always", **limits}},
        "categories": [{"id": "other", "name": "其他", "starts_at": levels[0], "handled_by": "staff"}],
        "tree": [tree],
    }, expected


@given(trees())
@QUIET
def test_a_tree_is_read_as_it_was_written(written):
    values, expected = written

    checked = read_hierarchy(json.dumps(values, ensure_ascii=False))

    assert checked.problems == ()
    read = {
        each.node_id: (each.level, each.parent_id, tuple(group.kind for group in each.groups))
        for each in checked.hierarchy.nodes.values()
    }
    assert read == expected
    assert {each.parent_id for each in checked.hierarchy.nodes.values()} - {None} <= expected.keys()


@given(trees(), st.data())
@QUIET
def test_a_node_that_stands_elsewhere_is_refused(written, data):
    values, _ = written
    below = [each for each in _all_nodes(values["tree"]) if each is not values["tree"][0]]
    if not below:
        return
    moved = data.draw(st.sampled_from(below))
    other = data.draw(
        st.sampled_from([each["id"] for each in values["levels"] if each["id"] != moved["level"]])
    )

    moved["level"] = other

    checked = read_hierarchy(json.dumps(values, ensure_ascii=False))
    assert checked.hierarchy is None
    said = " ".join(each.message for each in checked.problems)
    assert "exactly one level below" in said or "below the lowest level" in said


@given(trees(), st.data())
@QUIET
def test_an_id_that_stands_twice_anywhere_is_refused(written, data):
    values, _ = written
    nodes = list(_all_nodes(values["tree"]))
    if len(nodes) < 2:
        return
    first, second = data.draw(st.permutations(nodes))[:2]

    second["id"] = first["id"]

    checked = read_hierarchy(json.dumps(values, ensure_ascii=False))
    assert checked.hierarchy is None
    assert any(f'The node id "{first["id"]}" stands twice' in each.message for each in checked.problems)


@given(st.binary(max_size=300))
@QUIET
def test_no_bytes_make_it_raise(source):
    checked = read_hierarchy(source)

    assert checked.hierarchy is None
    assert checked.problems


@given(
    st.integers(0, len(EXAMPLE) - 1),
    st.integers(0, 60),
    st.text("{}[]:-#&*!|>'\"%@`,? \n\tn0a楼：", max_size=6),
)
@settings(QUIET, max_examples=300)
def test_no_change_of_the_example_makes_it_raise(position, removed, put_in):
    text = EXAMPLE[:position] + put_in + EXAMPLE[position + removed :]

    checked = read_hierarchy(text)

    assert (checked.hierarchy is None) == bool(checked.problems)
    assert all(1 <= each.line <= text.count("\n") + 1 for each in checked.problems)
    assert all(each.message and each.message_zh for each in checked.problems + checked.warnings)


def _all_nodes(entries):
    for entry in entries:
        yield entry
        yield from _all_nodes(entry["children"])
