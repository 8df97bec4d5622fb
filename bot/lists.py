"""Many notices of one sort for one chat that become one list: which of them. The words are in `wording`."""

from collections.abc import Sequence

from routing.notice_kinds import NoticeKind
from routing.outgoing import Parcel

NEW = frozenset({NoticeKind.ASKED, NoticeKind.CLIMBED})
"""Tickets that wait for somebody to claim them. Urgent ones stand alone."""

KNOWN = (frozenset({NoticeKind.SUPERVISION}), frozenset({NoticeKind.REMINDER}))
"""Tickets that were told in full before: many that are late, or soon will be, at the same moment."""


def list_together(wanted: Sequence[Parcel], *, over: int, has_waited: bool) -> list[Parcel]:
    """Those of the first one's sort, where they are more than `over`; new tickets also where they were held back to be
    told together. Between other things only a flood is listed, so that it does not take a second for each.
    """
    first = wanted[0].notice if wanted else None
    if first is None or (first.urgent and first.kind in NEW):
        return []
    if first.kind in NEW:
        listed = [each for each in wanted if each.notice.kind in NEW and not each.notice.urgent]
        is_due = len(listed) > over or (has_waited and len(listed) == len(wanted))
        return listed if len(listed) > 1 and is_due else []
    sort = next((each for each in KNOWN if first.kind in each), frozenset())
    listed = [each for each in wanted if each.notice.kind in sort]
    return listed if len(listed) > max(over, 1) else []
