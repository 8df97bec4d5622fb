"""`liren token create | list | revoke`: bearer tokens of the API. A secret is shown once."""

import argparse
import secrets
import sys

from app.clock import Clock
from app.commands.opening import load_settings, opened_store
from app.commands.values import whole_number
from storage.hierarchy_file import MAX_BYTES, read_hierarchy
from storage.store import Store

ROLES = ("viewer", "staff", "node_admin", "street_admin", "admin", "auditor")


def add_to(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    create = verbs.add_parser("create", help="make a token and show it once")
    create.add_argument("name", metavar="NAME", help="who uses it, for the audit")
    create.add_argument("--role", choices=ROLES, required=True, metavar="ROLE", help=", ".join(ROLES))
    create.add_argument(
        "--scope", required=True, metavar="NODE", help="id of the node whose subtree it may see"
    )
    create.set_defaults(run=run_create)
    verbs.add_parser("list", help="names, roles and scopes").set_defaults(run=run_list)
    revoke = verbs.add_parser("revoke", help="end a token at once")
    revoke.add_argument(
        "token_id", type=whole_number(least=1, most=2**31), metavar="ID", help="as `list` shows it"
    )
    revoke.set_defaults(run=run_revoke)


def run_create(arguments: argparse.Namespace) -> int:
    with opened_store() as store:
        known = _node_ids(store)
        if known and arguments.scope not in known:
            print(f'liren token: there is no node "{arguments.scope}"', file=sys.stderr)
            return 2
        secret = secrets.token_urlsafe(32)
        now = Clock().now()
        made = store.writer.run_now(
            lambda unit: unit.api_tokens.add(
                secret, name=arguments.name, role=arguments.role, scope=arguments.scope, now=now
            )
        )
        store.writer.run_now(
            lambda unit: unit.audit.append(
                "token.created",
                subject=f"token:{made.token_id}",
                by="command line",
                content={"role": made.role, "scope": made.scope},
                at=now,
            )
        )
    print(secret)
    print(
        f"token {made.token_id} for {made.name}: {made.role} on {made.scope}; it is not shown again",
        file=sys.stderr,
    )
    return 0


def run_list(_: argparse.Namespace) -> int:
    with opened_store() as store:
        for each in store.reads.list_api_tokens():
            state = f"revoked {each.revoked_at:%Y-%m-%d}" if each.revoked_at else "good"
            print(f"{each.token_id}\t{each.name}\t{each.role}\t{each.scope}\t{state}")
    return 0


def run_revoke(arguments: argparse.Namespace) -> int:
    now = Clock().now()
    with opened_store() as store:
        is_done = store.writer.run_now(lambda unit: unit.api_tokens.revoke(arguments.token_id, now=now))
    if not is_done:
        print(f"liren token: there is no good token {arguments.token_id}", file=sys.stderr)
        return 1
    print("revoked")
    return 0


def _node_ids(store: Store) -> set[str]:
    """Of the version in force; before the first start, of the file."""
    latest = store.writer.run_now(lambda unit: unit.hierarchy_versions.latest())
    if latest is not None:
        source: bytes | str = latest.text
    else:
        path = load_settings().hierarchy
        if not path.is_file():
            return set()
        with path.open("rb") as file:
            source = file.read(MAX_BYTES + 1)
    tree = read_hierarchy(source).hierarchy
    return set(tree.nodes) if tree else set()
