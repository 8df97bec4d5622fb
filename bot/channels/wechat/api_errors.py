"""The vendor's error codes → how a send ended. Sources: 全局返回码 and the pages of each call."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from bot.channel import Outcome, SendError

BAD_TOKEN = frozenset({40001, 40014, 42001})
_SHANGHAI = timezone(timedelta(hours=8))
_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")

_MEANINGS: Mapping[int, tuple[Outcome, str]] = {
    -1: (Outcome.RETRY_LATER, "the vendor is busy"),
    40001: (Outcome.RETRY_LATER, "a fresh token was not accepted"),
    40014: (Outcome.RETRY_LATER, "a fresh token was not accepted"),
    42001: (Outcome.RETRY_LATER, "a fresh token was not accepted"),
    43117: (Outcome.RETRY_LATER, "too many messages to this person"),
    40241: (Outcome.RETRY_LATER, "the same message within 60 seconds"),
    45009: (Outcome.RETRY_LATER, "the day's quota is used up"),
    45011: (Outcome.RETRY_LATER, "the minute's quota is used up"),
    45015: (Outcome.WINDOW_CLOSED, "more than 48 hours since the person wrote"),
    45047: (Outcome.WINDOW_CLOSED, "the messages of this window are used up"),
    40003: (Outcome.RECIPIENT_GONE, "no such person"),
    43004: (Outcome.RECIPIENT_GONE, "the person does not follow the account"),
    43019: (Outcome.RECIPIENT_GONE, "the person is on the account's black list"),
    43101: (Outcome.RECIPIENT_GONE, "the person refused notifications"),
    46004: (Outcome.RECIPIENT_GONE, "no such person"),
    40002: (Outcome.CONFIGURATION, "the grant type is not known"),
    40013: (Outcome.CONFIGURATION, "LIREN_WECHAT_APP_ID is wrong"),
    40037: (Outcome.CONFIGURATION, "there is no such template"),
    40125: (Outcome.CONFIGURATION, "LIREN_WECHAT_APP_SECRET is wrong"),
    40164: (Outcome.CONFIGURATION, "this machine's address is not on the account's allow-list"),
    40243: (Outcome.CONFIGURATION, "the AppSecret is frozen"),
    48001: (Outcome.CONFIGURATION, "the account may not use this interface; is it verified?"),
    48004: (Outcome.CONFIGURATION, "the interface is banned for this account"),
    50002: (Outcome.CONFIGURATION, "the account is restricted"),
    89503: (Outcome.CONFIGURATION, "an administrator must confirm this machine's address"),
    89506: (Outcome.CONFIGURATION, "an administrator refused this machine's address"),
    89507: (Outcome.CONFIGURATION, "an administrator refused this machine's address"),
    40007: (Outcome.REFUSED, "the file is not there any more"),
    44004: (Outcome.REFUSED, "the text is empty"),
    45002: (Outcome.REFUSED, "the text is too long"),
    47001: (Outcome.REFUSED, "the request is malformed"),
    47003: (Outcome.REFUSED, "a field of the template has a wrong kind or length"),
    87014: (Outcome.REFUSED, "the content is forbidden"),
}
_WAITS: Mapping[int, timedelta] = {
    **dict.fromkeys(BAD_TOKEN, timedelta(minutes=1)),
    43117: timedelta(minutes=5),
    40241: timedelta(minutes=1),
    45011: timedelta(minutes=1),
}
_DAYS_QUOTA = 45009


def make_send_error(code: int, message: str, *, now: datetime) -> SendError:
    """`message` is the vendor's own; nothing of it goes into the detail but an address to be allowed."""
    outcome, meaning = _MEANINGS.get(code) or _guess(code)
    address = _ADDRESS.search(message) if code == 40164 else None
    detail = f"errcode={code} {meaning}" + (f" ({address.group()})" if address else "")
    retry_after = _until_midnight(now) if code == _DAYS_QUOTA else _WAITS.get(code)
    return SendError(outcome, detail, retry_after=retry_after)


def _guess(code: int) -> tuple[Outcome, str]:
    """4xxxx tells of a fault in the request, which no repetition mends; the rest of a fault on the vendor's side."""
    if 40000 <= code < 50000:
        return Outcome.REFUSED, "the vendor refused the request"
    return Outcome.RETRY_LATER, "the vendor failed"


def _until_midnight(now: datetime) -> timedelta:
    """Quotas begin anew at midnight in Shanghai; a minute more for clocks that differ."""
    local = now.astimezone(_SHANGHAI)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return midnight - local + timedelta(minutes=1)
