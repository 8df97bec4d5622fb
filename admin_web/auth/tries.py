"""How often one may try at the door. Counted before anything is looked at, whether there is such a name or not."""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from admin_web.auth.ports import OpenBooks

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in a window; `bucket` is a digest of what they have in common."""

    bucket: str
    most: int


def sign_in_limits(name_key: str, address: str) -> tuple[Limit, ...]:
    """Five for a name from one place. More from everywhere together, so that a stranger elsewhere does not so easily
    lock somebody out; most for a place, which may be a whole office."""
    near = _near(address)
    return (
        Limit(_bucket("name", name_key, near), 5),
        Limit(_bucket("name", name_key), 30),
        Limit(_bucket("place", near), 100),
    )


def code_limits(account_id: int) -> tuple[Limit, ...]:
    return (Limit(_bucket("code", str(account_id)), 5),)


def claim_try(books: OpenBooks, limits: tuple[Limit, ...], now: datetime) -> Limit | None:
    """Counts one try in each; returns the first limit that it goes over, None when it may be made."""
    books.accounts.lock()
    counts = [books.sign_in_tries.note(each.bucket, now=now, since=now - WINDOW) for each in limits]
    return next((each for each, count in zip(limits, counts, strict=True) if count > each.most), None)


def forgive(books: OpenBooks, limits: tuple[Limit, ...]) -> None:
    """Who got in may mistype again."""
    for each in limits:
        books.sign_in_tries.forget(each.bucket)


def _near(address: str) -> str:
    """An IPv6 address stands for its network of 64 bits, all of which one person may have."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _bucket(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()
