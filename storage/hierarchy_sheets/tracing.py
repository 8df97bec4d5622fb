"""From a line of the file to the ids of what stands there, the nearest first."""

import re

_ID = re.compile(r"\bid:\s*(\"[^\"]*\"|'[^']*'|[^\s,}\"']+)")
_FAR = 40


def trace_problem(text: str, line: int) -> list[str]:
    """Ids in the line itself, else in the lines above it."""
    lines = text.split("\n")
    found: list[str] = []
    for at in range(min(line, len(lines)) - 1, max(-1, line - 1 - _FAR), -1):
        found += [each.strip("\"'") for each in _ID.findall(lines[at])]
        if found:
            return found
    return found
