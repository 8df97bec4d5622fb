"""The one kind of error for a callback that is not accepted, and the reasons that are counted."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a callback was refused; the name under which it is counted."""

    TOO_LARGE = "too_large"
    SLOW_BODY = "slow_body"
    QUERY = "query"
    NOT_ENCRYPTED = "not_encrypted"
    XML = "xml"
    SIGNATURE = "signature"
    STALE = "stale"
    DECRYPTION = "decryption"
    APP_ID = "app_id"
    FIELDS = "fields"


_NOT_THE_VENDOR = frozenset({Reason.SIGNATURE, Reason.STALE, Reason.APP_ID})


class RefusedError(Exception):
    """A callback that is not accepted. The caller hears the status alone, never which check failed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason

    @property
    def status(self) -> int:
        return 403 if self.reason in _NOT_THE_VENDOR else 400
