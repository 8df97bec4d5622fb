"""What names the root of the tree, when the root gets another id: tickets under way, and who is over the whole tree."""

from datetime import datetime

import sqlalchemy as sa

from routing.tickets import ENDED
from storage.audit import AuditLog
from storage.prepared import Prepared
from storage.tables.accounts import ACCOUNT
from storage.tables.office import API_TOKEN
from storage.tables.tickets import TICKET

_OLD: sa.BindParameter[str] = sa.bindparam("b_old")
_TICKETS = (
    sa.update(TICKET)
    .where(TICKET.c.root == _OLD, TICKET.c.status.not_in([each.value for each in sorted(ENDED)]))
    .values(root=sa.bindparam("b_new"))
)
_WHOSE = Prepared(
    sa.select(ACCOUNT.c.account_id, ACCOUNT.c.role).where(ACCOUNT.c.scope == sa.bindparam("old"))
)
_ACCOUNTS = Prepared(sa.update(ACCOUNT).where(ACCOUNT.c.scope == _OLD), "scope")
_TOKENS = Prepared(sa.update(API_TOKEN).where(API_TOKEN.c.scope == _OLD), "scope")


class RootChange:
    def __init__(self, connection: sa.Connection, *, audit: AuditLog) -> None:
        self._connection = connection
        self._audit = audit

    def follow_tickets(self, old: str, new: str) -> None:
        """Tickets under way belong to the new root: what is alike is looked for among those of one root."""
        self._connection.execute(_TICKETS, {"b_old": old, "b_new": new})

    def follow_rights(self, old: str, new: str, *, by: str, now: datetime) -> None:
        """Who was over the whole tree stays over the whole tree, accounts and tokens alike."""
        for account_id, role in _WHOSE.all(self._connection, old=old):
            content = {"role": role, "scope": new, "role_before": role, "scope_before": old}
            self._audit.append(
                "account.role_changed", subject=f"account:{account_id}", by=by, content=content, at=now
            )
        _ACCOUNTS.run(self._connection, b_old=old, scope=new)
        _TOKENS.run(self._connection, b_old=old, scope=new)
