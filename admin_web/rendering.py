"""Turns templates into pages with safe headers, and serves the static files under an address that changes with them.

What a page says and where its figures come from is in `pages`.
"""

import gzip
import re
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.datastructures import Headers

_HERE = Path(__file__).parent
_FOREVER = "public, max-age=31536000, immutable"
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?")
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}

PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""No inline script or style, nothing from elsewhere: a page can do without `nonce`."""


@dataclass(frozen=True, slots=True)
class StaticFile:
    """`packed` is the content in gzip, None where that saves nothing. Only static files are packed: in a page, which
    holds a secret beside what a visitor wrote, the length would tell of the secret (BREACH)."""

    content: bytes
    media_type: str
    packed: bytes | None = None


class Statics:
    """All static files, read once. One hash over them stands in every address, so that modules may import each other
    by relative paths and browsers may keep everything for ever."""

    def __init__(self, folder: Path = _HERE / "static") -> None:
        paths = sorted(each for each in folder.rglob("*") if each.is_file() and not each.name.startswith("."))
        self._files = {each.relative_to(folder).as_posix(): _read(each) for each in paths}
        self.version = _hash(self._files)

    def url(self, name: str) -> str:
        """Raises KeyError for a file that does not exist."""
        self._files[name]
        return f"/static/{self.version}/{name}"

    def find(self, name: str) -> StaticFile | None:
        return self._files.get(name)


class Pages:
    """The templates, with `static(name)` for addresses. Values are escaped; an unknown one is an error."""

    def __init__(self, statics: Statics) -> None:
        self.statics = statics
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["static"] = statics.url
        self._templates.filters["whole_dates"] = keep_dates_whole

    def render(self, template: str, /, *, status: int = 200, **values: object) -> HTMLResponse:
        text = self._templates.get_template(template).render(values)
        return HTMLResponse(text, status, PAGE_HEADERS)


def keep_dates_whole(text: str) -> Markup:
    """A sentence in which no line ends within a day: browsers break `2026-11-24` after its hyphens."""
    return Markup(_DATE.sub(r'<span class="when">\g<0></span>', str(escape(text))))  # noqa: S704


def build_static_router(statics: Statics) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{version}/{name:path}")
    async def send_static(version: str, name: str, request: Request) -> Response:
        return _send(statics, version, name=name, asked=request.headers)

    return router


def _send(statics: Statics, version: str, *, name: str, asked: Headers) -> Response:
    """An address of another version gives today's file, but is not kept."""
    file = statics.find(name)
    if file is None:
        return Response(status_code=404)
    tag = f'"{statics.version}"'
    caching = _FOREVER if version == statics.version else "no-cache"
    headers = {
        "Cache-Control": caching,
        "ETag": tag,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if asked.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    if file.packed is not None and "gzip" in asked.get("accept-encoding", ""):
        packed = {**headers, "Content-Encoding": "gzip"}
        return Response(file.packed, media_type=file.media_type, headers=packed)
    return Response(file.content, media_type=file.media_type, headers=headers)


def _read(path: Path) -> StaticFile:
    media_type = _TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
    content = path.read_bytes()
    packed = gzip.compress(content, mtime=0) if path.suffix in _TYPES else content
    return StaticFile(content, media_type, packed if len(packed) < len(content) else None)


def _hash(files: dict[str, StaticFile]) -> str:
    digest = sha256()
    for name, file in files.items():
        digest.update(f"{name}\0{len(file.content)}\0".encode())
        digest.update(file.content)
    return digest.hexdigest()[:12]
