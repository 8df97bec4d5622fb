"""The one door for reading: which places a token may see. Every list, count and single answer goes through it."""

from dataclasses import dataclass

from fastapi import Request

from admin_web.ports import EVERYTHING, Grant, Role, Scope
from admin_web.problems import ProblemError
from routing.hierarchy import Hierarchy, Staff

ACTS = frozenset({Role.STAFF, Role.NODE_ADMIN, Role.STREET_ADMIN, Role.ADMIN})
ADMINS = frozenset({Role.NODE_ADMIN, Role.STREET_ADMIN, Role.ADMIN})
LOOKS_INTO_AUDIT = frozenset({Role.AUDITOR, Role.ADMIN})
LOOKS_INTO_OUTBOX = ADMINS | {Role.AUDITOR}


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a known token: the tree as it was when it came in, and what of it may be seen."""

    grant: Grant
    hierarchy: Hierarchy
    scope: Scope

    @property
    def is_over_all(self) -> bool:
        return self.scope.nodes is None

    def require_role(self, roles: frozenset[Role]) -> None:
        if self.grant.role not in roles:
            raise ProblemError(403, "role_too_small", "这个令牌的角色不能做这件事。", roles=sorted(roles))

    def require_all(self) -> None:
        if not self.is_over_all:
            raise ProblemError(403, "whole_tree_needed", "这里要用管全街道的令牌。")

    def require_node(self, node_id: str) -> None:
        """404 alike for a node that is not there and for one that this token may not see."""
        if self.hierarchy.find_node(node_id) is None or not self.scope.covers(node_id):
            raise ProblemError(404, "unknown_node", "没有这个节点。")

    def find_subtree(self, node_id: str | None) -> frozenset[str] | None:
        """The nodes that a filter means; None without one. 404 as `require_node`."""
        if not node_id:
            return None
        self.require_node(node_id)
        return subtree_of(node_id, self.hierarchy)

    def get_staff(self, staff_id: str) -> Staff:
        """In whose name the token may act: 422 for nobody, 403 for somebody of another branch."""
        staff = self.hierarchy.find_staff(staff_id)
        if staff is None:
            errors = [{"at": "by", "message": "No such member of staff"}]
            raise ProblemError(422, "unknown_staff", "名单里没有 by 里写的这位工作人员。", errors=errors)
        if not self.scope.covers(staff.node_id):
            raise ProblemError(403, "staff_out_of_scope", "这位工作人员不归这个令牌管。")
        return staff


def make_visit(grant: Grant, hierarchy: Hierarchy) -> Visit:
    """Over the subtree of the token's node as the tree is now: over nothing when that node has left it."""
    if grant.is_root or grant.scope_node == hierarchy.root_id:
        return Visit(grant, hierarchy, EVERYTHING)
    return Visit(grant, hierarchy, Scope(subtree_of(grant.scope_node, hierarchy)))


def visit_of(request: Request) -> Visit:
    """The visit that the door let in."""
    visit = request.state.visit
    assert isinstance(visit, Visit)
    return visit


def subtree_of(node_id: str, hierarchy: Hierarchy) -> frozenset[str]:
    return frozenset(each.node_id for each in hierarchy.subtree(node_id))
