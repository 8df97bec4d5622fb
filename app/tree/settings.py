"""What a file sets beside its places, groups, staff, categories and clocks, as it is compared with another. Pure."""

from collections.abc import Mapping

from app.tree.difference import Face
from routing.expectations import Expectation
from routing.hierarchy import Hierarchy


def settings_of(tree: Hierarchy) -> Mapping[str, Face]:
    """By section of the file, what is set there by key; examples by what is said and where."""
    manners = tree.manners
    quiet = "-".join(f"{each // 60:02}:{each % 60:02}" for each in manners.quiet or ())
    return {
        "street": {"name": tree.name, "timezone": tree.timezone},
        "after_resolving": {
            "rate_within": str(tree.after_resolving.rate_within),
            "reopen_limit": str(tree.after_resolving.reopen_limit),
        },
        "manners": {
            "approve_over": str(manners.approve_over),
            "hand_back_reasons": "、".join(manners.hand_back_reasons),
            "urge_every": str(manners.urge_every),
            "supervise_every": str(manners.supervise_every),
            "quiet": quiet,
            "join_within": str(manners.join_within),
            "bundle_over": str(manners.bundle_over),
            "bundle_within": str(manners.bundle_within),
            "ask_below": str(manners.ask_below),
            "same_matter": manners.same_matter.value,
        },
        "words": dict(tree.words),
        "expect": {_ask(tree, each): _want(tree, each) for each in tree.expectations},
    }


def _ask(tree: Hierarchy, example: Expectation) -> str:
    return f"“{example.text}” ({tree.groups[example.group_id].name})"


def _want(tree: Hierarchy, example: Expectation) -> str:
    """With the names that people know."""
    category, node = tree.find_category(example.category), tree.find_node(example.node)
    group = tree.find_group(example.goes_to)
    urgent = {True: "urgent", False: "not urgent", None: ""}[example.urgent]
    level = tree.level_name(example.level) if example.level else ""
    wanted = (
        category.name if category else "",
        urgent,
        node.name if node else "",
        level,
        group.name if group else "",
    )
    return ", ".join(each for each in wanted if each)
