"""Groups that a vendor gave another id (Telegram: a group becomes a supergroup) while the file has the old one."""

from collections.abc import Mapping


class MovedChats:
    """What is known just now; `learn` replaces it. Reading is safe from any thread."""

    def __init__(self) -> None:
        self._now: Mapping[tuple[str, str], str] = {}
        self._written: Mapping[tuple[str, str], str] = {}

    def learn(self, moved: Mapping[tuple[str, str], str]) -> None:
        """(channel, id as written) → id now."""
        self._written = {(channel, chat): written for (channel, written), chat in moved.items()}
        self._now = dict(moved)

    def id_now(self, channel: str, written: str) -> str:
        """Where to send what the file says goes to `written`."""
        return self._now.get((channel, written), written)

    def id_written(self, channel: str, chat: str) -> str:
        """How the file calls the chat that a message came from."""
        return self._written.get((channel, chat), chat)
