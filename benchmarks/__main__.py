"""`python -m benchmarks [callback|sweep|hierarchy|pages|figures]`: prints tables, exits 1 when a goal is missed."""

import argparse
import sys
from collections.abc import Iterator, Sequence

from benchmarks import callback, figures, hierarchy, pages, sweep
from benchmarks.databases import KINDS
from benchmarks.goals import Line, are_met, render_table

NAMES = ("callback", "sweep", "hierarchy", "pages", "figures")


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parse(argv)
    good = True
    for name in arguments.what or NAMES:
        for title, lines in _measure(name, quick=arguments.quick, kinds=arguments.on or KINDS):
            print(render_table(title, lines), flush=True)
            good = good and are_met(lines)
    return 0 if good else 1


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description="How fast Liren is, against its goals.")
    parser.add_argument("what", nargs="*", metavar="WHAT", help=f"{', '.join(NAMES)}; all when none is named")
    parser.add_argument("--quick", action="store_true", help="smaller sizes, for a first look")
    parser.add_argument("--on", action="append", choices=KINDS, help="only on this database")
    arguments = parser.parse_args(argv)
    unknown = set(arguments.what) - set(NAMES)
    if unknown:
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    return arguments


def _measure(name: str, *, quick: bool, kinds: Sequence[str]) -> Iterator[tuple[str, list[Line]]]:
    if name == "callback":
        return callback.measure(callback.QUICK if quick else callback.FULL, kinds=kinds)
    if name == "sweep":
        return sweep.measure(sweep.QUICK if quick else sweep.FULL, kinds=kinds)
    if name == "pages":
        return pages.measure(pages.QUICK if quick else pages.FULL, kinds=kinds)
    if name == "figures":
        return figures.measure(figures.QUICK if quick else figures.FULL, kinds=kinds)
    return hierarchy.measure(hierarchy.QUICK if quick else hierarchy.FULL)


if __name__ == "__main__":
    sys.exit(main())
