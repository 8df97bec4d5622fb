"""The key of this house: given by the settings, or made at the first start and kept beside the database."""

import logging
import os
import secrets
from pathlib import Path

from app.settings import Settings
from storage.engine import parse_address
from storage.store import Store

log = logging.getLogger(__name__)

FINGERPRINT = "key_fingerprint"
"""The name under which the database remembers which key it was used with; it says nothing of the key itself."""

_BYTES = 32


def get_secret_key(settings: Settings) -> bytes:
    """Of the settings; else of a file that only its owner reads, made when it is not there. Raises OSError."""
    if settings.secret_key:
        return settings.secret_key.encode()
    path = key_path(settings)
    _make_once(path)
    return path.read_text(encoding="ascii").strip().encode()


def key_path(settings: Settings) -> Path:
    """`liren.db` has `liren.key` beside it. A database elsewhere has it in the folder of the hierarchy file."""
    url = parse_address(settings.database_url)
    if url.drivername == "sqlite" and url.database:
        return Path(url.database).with_suffix(".key")
    return settings.hierarchy.parent / "liren.key"


def note_fingerprint(store: Store, fingerprint: str) -> None:
    """Says when this is another key than before: apps for codes no longer fit, and links are void. Blocks."""
    before = store.writer.run_now(lambda unit: unit.settings.find(FINGERPRINT))
    if before == fingerprint:
        return
    if before is not None:
        log.warning("alarm=secret_key_changed: codes of authenticator apps and open links are void")
    store.writer.run_now(lambda unit: unit.settings.put(FINGERPRINT, fingerprint))


def _make_once(path: Path) -> None:
    """Whole or not at all, and never over another process's."""
    if path.exists():
        return
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(part, path)
    except FileExistsError:
        return
    finally:
        part.unlink(missing_ok=True)
