"""Who may do what to whose account: pure rules over roles and places. Nobody raises themselves."""

from dataclasses import dataclass

from admin_web.api.scope import ADMINS
from admin_web.ports import Role
from routing.hierarchy import Hierarchy

RANKS = {
    Role.VIEWER: 0,
    Role.STAFF: 1,
    Role.NODE_ADMIN: 2,
    Role.STREET_ADMIN: 3,
    Role.AUDITOR: 4,
    Role.ADMIN: 4,
}
"""Auditors watch the admins, so that only those at the top name them."""

WHOLE_TREE = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """What an account may do, and where: a node id or the whole tree."""

    account_id: int
    role: Role
    scope: str


def may_grant(actor: Holder, role: Role, scope: str, hierarchy: Hierarchy) -> bool:
    """Whether the actor may give this role over this place to somebody: less than the actor's own anywhere the actor
    rules, the same only further down. An admin of everything may give everything."""
    if actor.role not in ADMINS:
        return False
    if actor.role is Role.ADMIN:
        return True
    if role in {Role.ADMIN, Role.AUDITOR} or not _rules(actor, scope, hierarchy):
        return False
    return RANKS[role] < RANKS[actor.role] or (RANKS[role] == RANKS[actor.role] and scope != actor.scope)


def may_manage(actor: Holder, target: Holder, hierarchy: Hierarchy) -> bool:
    """Whether the actor may change, close or renew the target's account. Never one's own."""
    return actor.account_id != target.account_id and may_grant(actor, target.role, target.scope, hierarchy)


def may_see(actor: Holder, target: Holder, hierarchy: Hierarchy) -> bool:
    """Admins see the accounts of their subtree, their own among them; an account of a place that left the tree is
    only for those over everything."""
    if actor.role not in ADMINS:
        return False
    return (
        actor.role is Role.ADMIN
        or actor.account_id == target.account_id
        or _rules(actor, target.scope, hierarchy)
    )


def list_grantable(actor: Holder) -> list[Role]:
    """Roles that the actor may give somewhere, the smallest first."""
    if actor.role is Role.ADMIN:
        return sorted(Role, key=lambda role: RANKS[role])
    return [role for role in RANKS if RANKS[role] <= RANKS[actor.role]] if actor.role in ADMINS else []


def _rules(actor: Holder, scope: str, hierarchy: Hierarchy) -> bool:
    if actor.scope == WHOLE_TREE:
        return True
    return scope != WHOLE_TREE and hierarchy.is_within(scope, actor.scope)
