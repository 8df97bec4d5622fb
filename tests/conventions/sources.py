"""Which files the conventions look at: everything in the repository, and new files that are about to be."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT_LIMIT_BYTES = 1_000_000


@cache
def all_paths() -> tuple[str, ...]:
    """Paths from the root, with slashes; without what Git ignores."""
    paths = _list_by_git() if (ROOT / ".git").exists() else _list_by_walking()
    return tuple(sorted(path for path in paths if (ROOT / path).is_file()))


def _list_by_git() -> set[str]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return set(listing.split("\0")) - {""}


def _list_by_walking() -> set[str]:
    """For a copy without Git, such as a release's archive."""
    paths = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
    tools = {".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
    return {path.as_posix() for path in paths if not tools & set(path.parts)}


@cache
def text_of(path: str) -> str:
    """The file's text, or nothing for pictures and other files that hold none."""
    content = (ROOT / path).read_bytes()
    if b"\0" in content or len(content) > TEXT_LIMIT_BYTES:
        return ""
    return content.decode(errors="replace")


def is_test(path: str) -> bool:
    return path.startswith("tests/")


def python_paths() -> list[str]:
    return [path for path in all_paths() if path.endswith(".py")]


def product_paths() -> list[str]:
    """Python that is run by others: everything but the tests."""
    return [path for path in python_paths() if not is_test(path)]


def template_paths() -> list[str]:
    return [
        path for path in all_paths() if "/templates/" in path and path.endswith((".html", ".j2", ".jinja"))
    ]
