"""Any run of edits leaves a right file that says what was done, with every comment that was there, in any style."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.hierarchy_edit.acts import do_act
from storage.hierarchy_edit.refusals import ActRefusedError
from storage.hierarchy_file import read_hierarchy
from tests.storage.hierarchy_edit.test_acts import BLOCK, DASHED, FLOW

QUIET = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="{}"), min_size=1, max_size=8
)
NODES = st.sampled_from(["b1", "b2", "b3", "b4", "hepingli", "xingfuli", "n1", "n2"])
ACTS = st.one_of(
    st.builds(lambda node, name: ("rename", {"node": node, "name": name}), NODES, NAMES),
    st.builds(
        lambda node, own, name: ("add_node", {"node": node, "id": own, "name": name}),
        st.sampled_from(["hepingli", "xingfuli", "xinhua"]),
        st.sampled_from(["n1", "n2"]),
        NAMES,
    ),
    st.builds(
        lambda node, to: ("move", {"node": node, "to": to}), NODES, st.sampled_from(["hepingli", "xingfuli"])
    ),
    st.builds(lambda node: ("remove", {"node": node}), st.sampled_from(["b1", "b2", "b3", "b4", "n1", "n2"])),
    st.builds(lambda node: ("single_out", {"node": node}), st.sampled_from(["b2", "b3", "b4"])),
)


def places(text: str) -> dict[str, tuple[str, str | None]]:
    tree = read_hierarchy(text).hierarchy
    assert tree is not None
    return {node.node_id: (node.name, node.parent_id) for node in tree.nodes.values()}


def expected(before: dict[str, tuple[str, str | None]], verb: str, values: dict[str, str]):
    node = values["node"]
    if verb == "rename":
        return {**before, node: (" ".join(values["name"].split()), before[node][1])}
    if verb == "add_node":
        return {**before, values["id"]: (" ".join(values["name"].split()), node)}
    if verb == "move":
        return {**before, node: (before[node][0], values["to"])}
    if verb == "remove":
        return {own: what for own, what in before.items() if own != node}
    return before


@QUIET
@given(st.sampled_from([BLOCK, FLOW, DASHED]), st.lists(ACTS, min_size=1, max_size=6))
def test_a_run_of_edits_says_what_was_done(text: str, acts: list[tuple[str, dict[str, str]]]):
    kept = [
        each
        for each in re.findall(r"#.*", text)
        if "拆" not in each and "老楼" not in each and each != "# 和平里"
    ]
    for verb, values in acts:
        before = places(text)
        try:
            text = do_act(text, verb, values).text
        except ActRefusedError:
            assert places(text) == before
            continue
        assert places(text) == expected(before, verb, values)
        assert set(kept) <= set(re.findall(r"#.*", text))
