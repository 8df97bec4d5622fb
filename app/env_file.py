"""Reads the file `.env`: `NAME=value` lines, as shells and other programs write them. What they mean is not here."""

import re
from pathlib import Path

_QUOTED = re.compile(r"""(["'])(.*?)\1\s*(#.*)?""")
_COMMENT = re.compile(r"\s+#.*")


class EnvFileError(Exception):
    """The file cannot be read; the text says why."""


def read_env_file(path: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """The values, and what is none of them by its line's number only: it may be a secret. Raises EnvFileError."""
    found: dict[str, str] = {}
    warnings = []
    for number, line in enumerate(_lines(path), start=1):
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if not name or name.startswith("#"):
            continue
        if equals:
            found[name.strip()] = _value(value.strip())
        else:
            warnings.append(f'{path.name} line {number} has no "=" and was passed over; write NAME=value')
    return found, tuple(warnings)


def _lines(path: Path) -> list[str]:
    """Editors on Windows put a mark before the first letter; it is none of a name."""
    try:
        return path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else []
    except UnicodeDecodeError:
        raise EnvFileError(f"{path.name} is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise EnvFileError(f"{path.name} cannot be read: {error.strerror}") from None


def _value(text: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    if quoted is not None:
        return quoted[2]
    return "" if text.startswith("#") else _COMMENT.sub("", text).strip("\"'")
