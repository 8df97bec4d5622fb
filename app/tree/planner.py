"""Gathers what the plan of an edit needs: the tree in force, the tickets, who looks at them, and the examples."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from admin_web.hierarchy_plan import EditPlan, Heir
from app.tree.examples import list_failed
from app.tree.office import TreeOffice
from app.tree.plan import NO_HEIRS, Stock, list_heirs, make_plan
from app.tree.sight import Viewer
from app.wiring import House
from routing.hierarchy import Hierarchy
from routing.ports import Reader
from storage.store import Store


def build_planner(house: House) -> "TreePlanner":
    return TreePlanner(house.store, house.office, house.school.reader, house.clock.now)


@dataclass(frozen=True, slots=True)
class TreePlanner:
    """`plan` blocks: it reads every ticket under way, on connections that only read."""

    store: Store
    office: TreeOffice
    reader: Reader
    now: Callable[[], datetime]

    def plan(self, tree: Hierarchy, *, heirs: Mapping[str, str] = NO_HEIRS) -> EditPlan:
        old = self.office.current()
        stock = self._stock(old, tree)
        plan = make_plan(old, tree, stock, can_hear=self.office.can_hear, heirs=heirs)
        failed = list_failed(tree, old=old, reader=self.reader, at=self.now())
        return replace(plan, failed=failed, examples=len(tree.expectations))

    def list_heirs(self, tree: Hierarchy, *, heirs: Mapping[str, str] = NO_HEIRS) -> tuple[Heir, ...]:
        """Reads nothing as long as no node goes."""
        old = self.office.current()
        if old.nodes.keys() <= tree.nodes.keys():
            return ()
        tickets = self.store.reads.edits.list_under_way()
        return list_heirs(old, tree, tickets, can_hear=self.office.can_hear, heirs=heirs)

    def _stock(self, old: Hierarchy, new: Hierarchy) -> Stock:
        """Who sees what can only change where places or people do."""
        reads = self.store.reads
        tickets = reads.edits.list_under_way()
        if _seats(old) == _seats(new):
            return Stock(tickets)
        accounts = reads.accounts.read(lambda books: books.accounts.list_all())
        viewers = tuple(Viewer(each.name, each.scope) for each in accounts if each.disabled_at is None)
        return Stock(tickets, reads.edits.count_pairs(), viewers)


def _seats(tree: Hierarchy) -> tuple[dict[str, str | None], dict[str, str]]:
    places = {node_id: node.parent_id for node_id, node in tree.nodes.items()}
    return places, {staff_id: each.node_id for staff_id, each in tree.staff.items()}
