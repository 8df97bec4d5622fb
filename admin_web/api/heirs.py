"""Who inherits the open tickets of places that go, through the API: named, asked for, and told in the answer."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from admin_web.api.hierarchy_models import HeirJson
from admin_web.hierarchy_plan import Heir
from admin_web.problems import ProblemError
from routing.hierarchy import Hierarchy

MOST_TOLD = 500


class WithoutHeir(StrEnum):
    """What becomes of open tickets for which nobody named an heir."""

    NEAREST = "nearest"
    ASK = "ask"


def read_heirs(written: Sequence[str], hierarchy: Hierarchy) -> dict[str, str]:
    """422 for what is not `node:heir`, and for a node that is not there."""
    heirs: dict[str, str] = {}
    for each in written:
        node_id, colon, heir_id = each.partition(":")
        if not colon or not heir_id or hierarchy.find_node(node_id) is None:
            errors = [{"at": "heir", "message": "Write node:heir, with a node of the tree"}]
            raise ProblemError(422, "bad_values", "heir 请写成“节点:接手的节点”。", errors=errors)
        heirs[node_id] = heir_id
    return heirs


def require_heirs(found: Sequence[Heir], named: Mapping[str, str], without: WithoutHeir) -> None:
    """422 for an heir who may not inherit; 409 for open tickets without one, where the caller wants to be asked."""
    wrong = [each for each in found if named.get(each.node_id, each.heir_id) != each.heir_id]
    if wrong:
        raise ProblemError(
            422, "bad_heir", f"{_names(wrong)}的工单不能交给所写的地方，请另选。", heirs=_describe(wrong)
        )
    missing = [each for each in found if each.node_id not in named]
    if missing and without is WithoutHeir.ASK:
        count = sum(len(each.tickets) for each in missing)
        raise ProblemError(
            409,
            "heirs_needed",
            f"{_names(missing)}还有 {count} 张没办完的工单，请写明由谁接手。",
            heirs=_describe(missing),
        )


def render_heirs(found: Sequence[Heir], named: Mapping[str, str]) -> list[HeirJson]:
    return [
        HeirJson(
            node=each.node_id,
            name=each.name,
            heir=each.heir_id,
            heir_name=each.heir_name,
            was_named=each.node_id in named,
            tickets=list(each.tickets),
        )
        for each in found
    ]


def _names(found: Sequence[Heir]) -> str:
    more = "等" if len(found) > 3 else ""
    return "、".join(each.name for each in found[:3]) + more


def _describe(found: Sequence[Heir]) -> list[dict[str, object]]:
    """Nodes with the count of their tickets, and who may inherit: the nearest above that stays comes first."""
    return [
        {
            "node": each.node_id,
            "name": each.name,
            "tickets": len(each.tickets),
            "choices": [{"node": node_id, "name": name} for node_id, name in each.choices],
        }
        for each in found[:MOST_TOLD]
    ]
