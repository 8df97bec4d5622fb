"""A `liren serve` that has loaded its code and waits for a line: a trial spends its time on kills, not on imports."""

import sys
from importlib import import_module

from app.cli import main

LOADED = ("app.commands.serve", "app.web", "app.doors.wechat")

if __name__ == "__main__":
    for name in LOADED:
        import_module(name)
    if sys.stdin.readline():  # nothing at all: whoever would have used it is gone
        sys.exit(main(sys.argv[1:]))
