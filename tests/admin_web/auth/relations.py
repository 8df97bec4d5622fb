"""What the matrix of pages knows: every address of those who sign in, and which roles it is for.

A page that is not here fails the matrix: whoever adds one says for whom it is.
"""

from collections.abc import Mapping

from admin_web.ports import Role

EVERYBODY = frozenset(Role)
NOBODY: frozenset[Role] = frozenset()
"""Pages for those who are somebody of the tree, which none of the matrix is: `test_work_pages` lets them in."""

ADMINS = frozenset({Role.NODE_ADMIN, Role.STREET_ADMIN, Role.ADMIN})
ACTS = ADMINS | {Role.STAFF}
TREE_READERS = ADMINS | {Role.AUDITOR}
AUDITORS = frozenset({Role.AUDITOR, Role.ADMIN})

OPEN = frozenset(
    {
        "/sign-in",
        "/sign-in/code",
        "/language",
        "/first-admin",
        "/invitation",
        "/work/sign-in",
        "/static/{version}/{name:path}",
    }
)
"""For those who are not signed in; what they refuse is tried one by one."""

FORMS_AT_THE_DOOR = tuple(sorted(each for each in OPEN if not each.startswith("/static")))

FURNISHED = {
    "{number:int}": "1001",
    "{verb}": "claim",
    "{picture_id:int}": "1",
    "{view_id:int}": "1",
    "{staff_id}": "wangfang",
}
"""What stands for the parts of an address, in a house that has one of each."""


def filled_in(path: str, *, account_id: int) -> str:
    filled = path.replace("{account_id:int}", str(account_id))
    for part, value in FURNISHED.items():
        filled = filled.replace(part, value)
    return filled


ALLOWED: Mapping[tuple[str, str], frozenset[Role]] = {
    ("GET", "/admin"): EVERYBODY,
    ("GET", "/admin/hierarchy/codes"): ADMINS,
    ("GET", "/admin/hierarchy/codes.pdf"): ADMINS,
    ("GET", "/admin/staff"): ADMINS,
    ("POST", "/admin/staff/{staff_id}/code"): ADMINS,
    ("POST", "/admin/staff/{staff_id}/unbind"): ADMINS,
    ("GET", "/work"): NOBODY,
    ("GET", "/work/tickets/{number}"): NOBODY,
    ("GET", "/work/tickets/{number}/{verb}"): NOBODY,
    ("POST", "/work/tickets/{number}/{verb}"): NOBODY,
    ("GET", "/work/pictures/{picture_id}"): NOBODY,
    ("POST", "/work/sign-out"): NOBODY,
    ("POST", "/sign-out"): EVERYBODY,
    ("GET", "/account"): EVERYBODY,
    ("POST", "/account/password"): EVERYBODY,
    ("POST", "/account/app"): EVERYBODY,
    ("POST", "/account/app/confirm"): EVERYBODY,
    ("POST", "/account/app/end"): EVERYBODY,
    ("POST", "/account/recovery-codes"): EVERYBODY,
    ("POST", "/account/sessions/end"): EVERYBODY,
    ("GET", "/admin/accounts"): ADMINS,
    ("GET", "/admin/accounts.csv"): ADMINS,
    ("GET", "/admin/accounts/new"): ADMINS,
    ("POST", "/admin/accounts/new"): ADMINS,
    ("GET", "/admin/accounts/{account_id:int}"): ADMINS,
    ("POST", "/admin/accounts/{account_id:int}/role"): ADMINS,
    ("POST", "/admin/accounts/{account_id:int}/disable"): ADMINS,
    ("POST", "/admin/accounts/{account_id:int}/enable"): ADMINS,
    ("POST", "/admin/accounts/{account_id:int}/link"): ADMINS,
    ("POST", "/admin/accounts/{account_id:int}/sessions"): ADMINS,
    ("GET", "/admin/figures"): EVERYBODY,
    ("GET", "/admin/figures/levels"): EVERYBODY,
    ("GET", "/admin/figures/places"): EVERYBODY,
    ("GET", "/admin/figures/voices"): EVERYBODY,
    ("GET", "/admin/figures/table.csv"): EVERYBODY,
    ("GET", "/admin/figures/table.xlsx"): EVERYBODY,
    ("GET", "/admin/figures/bulletin"): EVERYBODY,
    ("GET", "/admin/figures/bulletin.pdf"): EVERYBODY,
    ("GET", "/admin/tickets"): EVERYBODY,
    ("GET", "/admin/tickets/news"): EVERYBODY,
    ("POST", "/admin/tickets/views"): EVERYBODY,
    ("POST", "/admin/tickets/views/{view_id:int}"): EVERYBODY,
    ("POST", "/admin/tickets/bulk"): ACTS,
    ("GET", "/admin/tickets/{number:int}"): EVERYBODY,
    ("GET", "/admin/tickets/{number:int}/pictures/{picture_id:int}"): EVERYBODY,
    # Staff act as who they are in the tree, and in the matrix they are nobody there.
    ("POST", "/admin/tickets/{number:int}/{verb}"): ADMINS,
    ("GET", "/admin/learning"): ADMINS | {Role.AUDITOR},
    ("POST", "/admin/learning/{number:int}/sort"): ADMINS,
    ("GET", "/admin/troubles"): ADMINS | {Role.AUDITOR},
    ("POST", "/admin/troubles/letters/send-again"): ADMINS,
    ("POST", "/admin/troubles/letters/settle"): ADMINS,
    ("POST", "/admin/troubles/letters/take-back"): ADMINS,
    ("GET", "/admin/audit"): AUDITORS,
    ("GET", "/admin/audit/chain"): AUDITORS,
    ("POST", "/admin/audit/check"): AUDITORS,
    ("POST", "/admin/audit/export"): AUDITORS,
    ("GET", "/admin/hierarchy/coverage"): ADMINS | {Role.AUDITOR},
    ("GET", "/admin/hierarchy/coverage.csv"): ADMINS | {Role.AUDITOR},
    ("GET", "/admin/hierarchy"): TREE_READERS,
    ("GET", "/admin/hierarchy/branch"): TREE_READERS,
    ("GET", "/admin/hierarchy/limits"): TREE_READERS,
    ("GET", "/admin/hierarchy/code"): TREE_READERS,
    ("GET", "/admin/hierarchy/versions"): TREE_READERS,
    ("GET", "/admin/hierarchy/versions/compare"): TREE_READERS,
    ("GET", "/admin/hierarchy/plan"): ADMINS,
    ("GET", "/admin/hierarchy/restore"): ADMINS,
    ("GET", "/admin/hierarchy/replay"): ADMINS,
    ("GET", "/admin/hierarchy/table"): ADMINS,
    ("GET", "/admin/hierarchy/table.xlsx"): ADMINS,
    ("POST", "/admin/hierarchy/table"): ADMINS,
    ("POST", "/admin/hierarchy/act"): ADMINS,
    ("POST", "/admin/hierarchy/apply"): ADMINS,
    ("POST", "/admin/hierarchy/check"): ADMINS,
    ("POST", "/admin/hierarchy/draft"): ADMINS,
    ("POST", "/admin/hierarchy/draft/put-away"): ADMINS,
    ("POST", "/admin/hierarchy/draft/take-up"): ADMINS,
    ("POST", "/admin/hierarchy/draft/undo"): ADMINS,
    ("POST", "/admin/hierarchy/draft/redo"): ADMINS,
    ("POST", "/admin/hierarchy/rebase"): ADMINS,
    ("POST", "/admin/hierarchy/restore"): ADMINS,
    ("POST", "/admin/hierarchy/try"): ADMINS,
}
