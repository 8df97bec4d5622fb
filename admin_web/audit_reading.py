"""What people type into the filters of the log, as a search; and rows of the log in plain words. Pure."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from admin_web.audit_ports import AuditSearch, LogRow
from admin_web.words import Words
from routing.hierarchy import Hierarchy

KINDS: Mapping[str, tuple[str, ...]] = {
    "": (),
    "ticket": ("ticket.",),
    "hierarchy": ("hierarchy.",),
    "account": ("account.", "sign_in.", "staff.", "binding."),
    "token": ("token.",),
    "outbox": ("outbox.",),
    "person": ("person.",),
    "house": ("backup.", "audit."),
}
"""What the choice means, by the beginnings of kinds."""

_ACTORS = (
    "resident", "clock", "system", "console", "command line", "first admin link", "file", "settings",
)  # fmt: skip
_VERSION = re.compile(r"(?:v|第)?\s*(\d{1,9})\s*版|v(\d{1,9})", re.IGNORECASE)
_LONGEST = 80
# Days that have one after them, and an instant in every time zone.
_FIRST_YEAR, _LAST_YEAR = 1900, 9000


class UnreadableDateError(ValueError):
    """A date that is none."""


@dataclass(frozen=True, slots=True)
class Reader:
    """`accounts`: names by "account:3"."""

    words: Words
    hierarchy: Hierarchy
    accounts: Mapping[str, str]

    def read(self, form: Mapping[str, str]) -> AuditSearch:
        """Raises UnreadableDateError."""
        written = {name: value.strip()[:_LONGEST] for name, value in form.items()}
        until = self._read_date(written.get("to", ""))
        return AuditSearch(
            subject=self._read_subject(written.get("about", "")),
            by=self._read_actor(written.get("who", "")),
            kinds=KINDS.get(written.get("kind", ""), ()),
            at_from=self._begin_of(self._read_date(written.get("from", ""))),
            at_before=self._begin_of(until + timedelta(days=1) if until else None),
        )

    def name_actor(self, by: str) -> str:
        if by in _ACTORS:
            return self.words(f"audit.by.{by}")
        staff = self.hierarchy.find_staff(by)
        return self.accounts.get(by) or (staff.name if staff else by)

    def name_kind(self, kind: str) -> str:
        key = f"audit.what.{kind}"
        return self.words(key) if self.words.has(key) else kind

    def name_subject(self, subject: str) -> str:
        kind, _, own_id = subject.partition(":")
        key = f"audit.subject.{kind}"
        if not self.words.has(key):
            return subject
        staff = self.hierarchy.find_staff(own_id)
        name = self.accounts.get(subject) or (staff.name if staff else own_id)
        return self.words(key, id=own_id, name=name)

    def list_details(self, row: LogRow) -> Iterator[str]:
        """What else a person would like to know; the machine's own words stand in the row as it is."""
        try:
            content = json.loads(row.content)
        except ValueError:
            return
        if isinstance(content, list) and len(content) == len(("node", "group", "reason")):
            yield from self._list_places(*map(str, content))
        elif isinstance(content, dict):
            for name, value in content.items():
                key = f"audit.detail.{name}"
                if value and self.words.has(key):
                    yield f"{self.words(key)} {self._say(name, value)}"

    def _list_places(self, node_id: str, group_id: str, reason: str) -> Iterator[str]:
        node, group = self.hierarchy.find_node(node_id), self.hierarchy.find_group(group_id)
        yield from (
            each for each in (node.name if node else node_id, group.name if group else group_id) if each
        )
        key = f"audit.reason.{reason}"
        if self.words.has(key):
            yield self.words(key)

    def _say(self, name: str, value: object) -> str:
        """Roles and places by their names."""
        key = f"role.{value}"
        if name == "role" and self.words.has(key):
            return self.words(key)
        node = self.hierarchy.find_node(str(value)) if name == "scope" else None
        return node.name if node else _shorten(value)

    def _read_subject(self, said: str) -> str:
        if not said:
            return ""
        number = said.removeprefix("#")
        if number.isascii() and number.isdecimal():
            return f"ticket:{number}"
        version = _VERSION.fullmatch(said)
        if version is not None:
            return f"hierarchy:{version[1] or version[2]}"
        account = self._find_account(said)
        staff = self._find_staff(said)
        return account or (f"staff:{staff}" if staff else said)

    def _read_actor(self, said: str) -> tuple[str, ...]:
        if not said:
            return ()
        found = [each for each in (self._find_account(said), self._find_staff(said)) if each]
        found += [each for each in _ACTORS if said in {each, self.words(f"audit.by.{each}")}]
        return tuple(found) or (said,)

    def _find_account(self, said: str) -> str:
        return next((key for key, name in self.accounts.items() if name.casefold() == said.casefold()), "")

    def _find_staff(self, said: str) -> str:
        found = (
            each.staff_id for each in self.hierarchy.staff.values() if said in {each.staff_id, each.name}
        )
        return next(found, "")

    def _read_date(self, said: str) -> date | None:
        if not said:
            return None
        try:
            day = date.fromisoformat(said)
        except ValueError:
            raise UnreadableDateError(said) from None
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise UnreadableDateError(said)
        return day

    def _begin_of(self, day: date | None) -> datetime | None:
        return datetime.combine(day, time(), ZoneInfo(self.hierarchy.timezone)) if day else None


def _shorten(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
