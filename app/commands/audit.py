"""`liren audit verify`: reads the whole chain of the log and says whether anything was changed, cut or put in.

With `--export` it is an exported file that is read, and no store is needed.
"""

import argparse
import re
import sys
from pathlib import Path

from app.commands.opening import opened_store
from app.troubles.exported_log import NoExportError, verify_export
from storage.audit import Head

DIGEST = re.compile("[0-9a-f]{64}")


def add_to(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    verify = verbs.add_parser("verify", help="check the chain; exit 1 when it is broken")
    verify.add_argument(
        "--head",
        type=_head,
        metavar="SEQ:HASH",
        help="as printed earlier and kept elsewhere: shows a cut end",
    )
    verify.add_argument(
        "--export", type=Path, metavar="FILE", help="an exported log, JSONL or CSV, by its own hashes"
    )
    verify.set_defaults(run=run_verify)


def run_verify(arguments: argparse.Namespace) -> int:
    if arguments.export is not None:
        return _verify_export(arguments.export, arguments.head)
    with opened_store() as store:
        report = store.verify_audit(known_head=arguments.head)
    for each in report.problems:
        print(f"row {each.seq}: {each.flaw}")
    print(f"{report.rows} rows, {len(report.problems)} problems; head {report.head.seq}:{report.head.hash}")
    return 1 if report.problems else 0


def _verify_export(path: Path, known_head: Head | None) -> int:
    try:
        report = verify_export(path, known_head=known_head)
    except (NoExportError, OSError) as error:
        print(f"liren audit verify: {path}: {getattr(error, 'strerror', None) or error}", file=sys.stderr)
        return 2
    for seq, flaw in report.problems:
        print(f"row {seq}: {flaw}")
    count = f"{report.rows} rows, {report.gaps} gaps, {len(report.problems)} problems"
    print(f"{count}; newest {report.head.seq}:{report.head.hash}")
    return 1 if report.problems else 0


def _head(text: str) -> Head:
    seq, _, digest = text.partition(":")
    if not seq.isdecimal() or not DIGEST.fullmatch(digest):
        raise argparse.ArgumentTypeError(
            f'"{text}" is no head; it looks like 1024: and 64 hexadecimal digits'
        )
    return Head(int(seq), digest)
