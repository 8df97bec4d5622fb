"""One line a decision, as JSON or as text, with control characters escaped. Secrets of the settings are blotted out."""

import json
import logging
import sys
from collections.abc import Iterable
from datetime import UTC, datetime


class _Blotter(logging.Filter):
    """Whatever else slips into a line, no configured secret leaves this process in it."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = tuple(each for each in secrets if len(each) >= 6)

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        for secret in self._secrets:
            if secret in said:
                record.msg, record.args = said.replace(secret, "***"), ()
                said = record.msg
        return True


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "room": record.name,
            "said": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s %(message)s", "%H:%M:%S")


def set_up_logs(kind: str, *, secrets: Iterable[str]) -> None:
    """To standard error. `kind` is "json" or "text". Requests are not logged: their queries could be replayed."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if kind == "json" else TextFormatter())
    handler.addFilter(_Blotter(secrets))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore", "aiogram", "alembic", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It warns of each ring that comes while the round before it still runs, which is what we ask it to skip.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
