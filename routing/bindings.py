"""Chat accounts that staff bound themselves, beside those in the file: how both make one tree. See ADR 0016."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from routing.hierarchy import Hierarchy


@dataclass(frozen=True, slots=True)
class Binding:
    """`user` is the vendor's id of the account. One for each channel and member of staff, and one for each account."""

    channel: str
    user: str
    staff_id: str
    bound_at: datetime


def with_bindings(filed: Hierarchy, bindings: Iterable[Binding]) -> Hierarchy:
    """`filed`, the tree as the file says it, that also knows who bound which account.

    An account that the file gives to somebody stays theirs; of people who have left the file nothing is known.
    """
    by_account = dict(filed.staff_by_account)
    bound: dict[str, dict[str, str]] = {}
    for each in bindings:
        if each.staff_id not in filed.staff:
            continue
        if by_account.setdefault((each.channel, each.user), each.staff_id) == each.staff_id:
            bound.setdefault(each.staff_id, {})[each.channel] = each.user
    return replace(
        filed,
        staff_by_account=MappingProxyType(by_account),
        bound=MappingProxyType({staff_id: MappingProxyType(each) for staff_id, each in bound.items()}),
    )
