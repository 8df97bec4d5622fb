"""Laws of templates, documents and lock files, each a pure function from a path and a text to complaints."""

import re
from collections.abc import Iterator

# The letters in brackets keep these patterns from finding themselves.
MACHINE_PATH = re.compile(
    r"(?:^|[^\w.])(/(?:[r]oot|[h]ome/\w+|[U]sers/\w+|[w]orkspace)/|/(?:var/)?[t]mp/[a-z_-]+)", re.M
)
REGISTRY = re.compile(r"https?://[\w.-]*(?:[p]ypi\.|[p]ythonhosted|[n]pmjs|[d]eb\.debian|[m]irror)[\w./-]*")
ADDRESS = re.compile(r"https?://\S+")
TEMPLATE_FAULTS = {
    re.compile(r"\|\s*[s]afe\b"): "what people wrote stays escaped; no `safe`",
    re.compile(r"\{%-?\s*autoescape\s+false"): "what people wrote stays escaped; no `autoescape false`",
    re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)", re.I
    ): "no script in the page; use static/",
    re.compile(r"<style\b", re.I): "no style in the page; use static/",
    re.compile(r"<[^>]*\sstyle\s*=", re.I): "no style attribute; the content policy refuses it",
    re.compile(r"<[^>]*\son[a-z]+\s*=", re.I): "no handler attribute; the content policy refuses it",
    re.compile(r"javascript:", re.I): "no script address",
}


def complain_about_template(path: str, text: str) -> Iterator[str]:
    for pattern, fault in TEMPLATE_FAULTS.items():
        for found in pattern.finditer(text):
            yield f"{path}:{_line(text, found)}: {fault}"


def complain_about_machine_path(path: str, text: str) -> Iterator[str]:
    for found in MACHINE_PATH.finditer(text):
        yield f"{path}:{_line(text, found)}: {found[1]} is a path of one machine"


def complain_about_registry(path: str, text: str) -> Iterator[str]:
    """Where packages come from is the reader's business: many sit behind a mirror."""
    for found in REGISTRY.finditer(text):
        yield f"{path}:{_line(text, found)}: {found[0]} is the address of a package registry"


def complain_about_lock(path: str, text: str) -> Iterator[str]:
    for found in ADDRESS.finditer(text):
        yield f"{path}:{_line(text, found)}: a lock holds names, releases and hashes, no address"
    if "--hash=sha256:" not in text:
        yield f"{path}: a lock without hashes protects nobody"


def complain_about_readme(path: str, text: str) -> Iterator[str]:
    for command in ("make run", "make test"):
        if command not in text:
            yield f"{path}: does not show `{command}`"


def list_settings(text: str) -> set[str]:
    """The names of settings that a text mentions in full."""
    return set(re.findall(r"\bLIREN_[A-Z0-9]+(?:_[A-Z0-9]+)*\b", text))


def _line(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.end()) + 1
