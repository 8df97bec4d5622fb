"""Notices when the admins' file changes and hands it to the office; writes it when a version came another way."""

import asyncio
import logging
import os
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from app.tree.office import FILE, Applied, NoHierarchyError, Refused, TreeOffice, digest_of
from storage.hierarchy_file import MAX_BYTES, Problem

log = logging.getLogger(__name__)


@dataclass(slots=True)
class TreeFile:
    """`path` is LIREN_HIERARCHY. `_seen` is the digest of the text that was looked at last, right or wrong."""

    path: Path
    office: TreeOffice
    _seen: str = ""
    _stamp: tuple[int, int] = (0, 0)
    _is_gone: bool = False

    def start(self) -> Applied | Refused | None:
        """Loads what is stored, then takes the file if it says something new; blocks.

        A text that was in force before and was replaced is an old copy on this machine, not a wish to go back: it is
        left alone until somebody changes it. Raises NoHierarchyError when neither gives a tree.
        """
        self.office.load()
        source = self._read()
        self._note_whether_gone(_stamp_of(self.path))
        outcome = None if self._is_old_copy(source) else self._take(source, note="at start")
        try:
            self.office.current()
        except LookupError:
            problems = outcome.problems if isinstance(outcome, Refused) else (_missing(self.path),)
            raise NoHierarchyError(problems) from None
        return outcome

    def _is_old_copy(self, source: bytes | None) -> bool:
        if source is None or not self.office.text():
            return False
        digest = digest_of(source.decode("utf-8", errors="replace"))
        number = self.office.find_superseded(digest)
        if number is None:
            return False
        self._seen = digest
        log.warning("hierarchy=old_copy file_is=%d in_force=%d", number, self.office.current().version)
        return True

    async def look(self) -> Applied | Refused | None:
        """What became of a change since the last look; None when there was none."""
        stamp = _stamp_of(self.path)
        self._note_whether_gone(stamp)
        if stamp is None or stamp == self._stamp:
            return None
        source = await asyncio.to_thread(self._read)
        return await asyncio.to_thread(self._take, source, note="file changed")

    def write(self, text: str) -> None:
        """Puts an applied text into the file, whole or not at all, so that file and version stay the same.

        What somebody wrote there that never came into force, such as a text with a mistake, is kept beside it.
        """
        self._keep_what_no_version_has(text)
        beside = self.path.with_name(f".{self.path.name}.new")
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)
        self._seen = digest_of(text)
        self._stamp = _stamp_of(self.path) or self._stamp

    def _keep_what_no_version_has(self, text: str) -> None:
        source = self._read()
        if source is None:
            return
        digest = digest_of(source.decode("utf-8", errors="replace"))
        known = {digest_of(text), digest_of(self.office.text())}
        if digest in known or self.office.find_superseded(digest) is not None:
            return
        names = (self.path.with_name(f"{self.path.name}.replaced-{number}") for number in count(1))
        kept = next(each for each in names if not each.exists())
        kept.write_bytes(source)
        log.warning("hierarchy=file_replaced kept_as=%s", kept.name)

    def _note_whether_gone(self, stamp: tuple[int, int] | None) -> None:
        """The version in force goes on without its file; the log says so once."""
        if stamp is None and not self._is_gone:
            log.warning("hierarchy=file_missing path=%s", self.path)
        self._is_gone = stamp is None

    def _read(self) -> bytes | None:
        stamp = _stamp_of(self.path)
        if stamp is None:
            return None
        try:
            with self.path.open("rb") as file:
                source = file.read(MAX_BYTES + 1)
        except OSError as error:
            log.warning("hierarchy=unreadable error=%s", type(error).__name__)
            return None
        self._stamp = stamp
        return source

    def _take(self, source: bytes | None, *, note: str) -> Applied | Refused | None:
        if source is None:
            return None
        digest = digest_of(source.decode("utf-8", errors="replace"))
        is_known = digest == self._seen
        self._seen = digest
        if digest == digest_of(self.office.text()):
            self.office.refused = None  # what was wrong has been taken back
            return None
        return None if is_known else self.office.apply(source, author=FILE, note=note)


def _stamp_of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _missing(path: Path) -> Problem:
    if path.exists():
        return Problem(1, "", f"{path} cannot be read", f"读不到文件 {path}")
    where = "Start in the folder that has it, or name it in LIREN_HIERARCHY"
    how = "请在它所在的目录启动，或用 LIREN_HIERARCHY 写明它在哪里"
    return Problem(1, "", f"There is no file {path}. {where}", f"没有文件 {path}。{how}")
