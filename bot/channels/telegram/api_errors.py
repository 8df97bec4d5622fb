"""What went wrong at Telegram → one of our outcomes. No error's own text about the transport is passed on, because
the client's texts hold addresses and every address holds the token."""

from datetime import timedelta

from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError, ClientSSLError, ConnectionTimeoutError, InvalidURL

from bot.channel import Outcome, SendError

_MAX_DETAIL = 160
_FLOOD = "too many requests"
# Descriptions of a 400 that mean: nobody is there to read it, or the bot may not write there.
_GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user_is_blocked",
    "user is deactivated",
    "chat was deactivated",
    "chat_write_forbidden",
    "need administrator rights",
    "not enough rights",
    "have no rights to send",
)
_GATEWAY_TIMEOUT = 504
_TOO_LARGE = 413
_TOO_MANY = 429
_SERVER_FAULTS = 500
_SUCCESSES = range(200, 300)

_BY_TYPE: tuple[tuple[type[AiogramError], Outcome], ...] = (
    (TelegramForbiddenError, Outcome.RECIPIENT_GONE),
    (TelegramUnauthorizedError, Outcome.CONFIGURATION),
    # 404 is about the address, thus the token; a missing chat is a 400.
    (TelegramNotFound, Outcome.CONFIGURATION),
    (TelegramConflictError, Outcome.RETRY_LATER),
    (TelegramServerError, Outcome.RETRY_LATER),
)


class UnreadableAnswerError(AiogramError):
    """The answer is not in the form we know: a proxy's page, a cut-off text, a newer Telegram.

    `message_id` is set where it still tells that a message was shown.
    """

    def __init__(self, status: int, *, message_id: int | None = None) -> None:
        super().__init__(f"status {status}")
        self.status = status
        self.message_id = message_id


def as_send_error(error: AiogramError) -> SendError:
    if isinstance(error, TelegramRetryAfter):
        return SendError(
            Outcome.RETRY_LATER, "flood control", retry_after=timedelta(seconds=error.retry_after)
        )
    if isinstance(error, TelegramMigrateToChat):
        return SendError(Outcome.RETRY_LATER, "the group moved", moved_to=str(error.migrate_to_chat_id))
    if isinstance(error, TelegramEntityTooLarge):
        return SendError(Outcome.REFUSED, "too large")
    if isinstance(error, TelegramNetworkError):
        return _from_transport(error.__cause__)
    if isinstance(error, UnreadableAnswerError):
        return SendError(_by_status(error.status), f"unreadable answer, status {error.status}")
    if isinstance(error, TelegramAPIError):
        return SendError(_by_description(error), error.message[:_MAX_DETAIL])
    # What is left concerns our own call, never one that went out.
    assert not isinstance(error, ClientDecodeError), "the session turns it into UnreadableAnswerError"
    return SendError(Outcome.REFUSED, type(error).__name__)


def _by_description(error: TelegramAPIError) -> Outcome:
    for kind, outcome in _BY_TYPE:
        if isinstance(error, kind):
            return outcome
    complaint = error.message.lower()
    if _FLOOD in complaint:
        return Outcome.RETRY_LATER
    if isinstance(error, TelegramBadRequest) and any(words in complaint for words in _GONE):
        return Outcome.RECIPIENT_GONE
    return Outcome.REFUSED


def _by_status(status: int) -> Outcome:
    if status in _SUCCESSES or status == _GATEWAY_TIMEOUT:
        return Outcome.UNKNOWN
    if status == _TOO_MANY or status >= _SERVER_FAULTS:
        return Outcome.RETRY_LATER
    return Outcome.REFUSED if status == _TOO_LARGE else Outcome.CONFIGURATION


def _from_transport(cause: BaseException | None) -> SendError:
    """Only where no connection came about is it certain that nobody saw anything."""
    name = type(cause).__name__
    if isinstance(cause, ClientSSLError | InvalidURL):
        return SendError(Outcome.CONFIGURATION, f"no trusted connection: {name}")
    if isinstance(cause, ClientConnectorError | ConnectionTimeoutError):
        return SendError(Outcome.RETRY_LATER, f"no connection: {name}")
    return SendError(Outcome.UNKNOWN, f"no answer: {name}")
