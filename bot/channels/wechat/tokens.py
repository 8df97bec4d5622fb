"""The account's access token: one fetch at a time in this process and anywhere, kept in the shared vault.

Why not `/cgi-bin/token`: there each fetch kills the token before it and 2,000 a day are all. `stable_token` answers the
same one until 5 minutes before it ends, and both are valid in between.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.channel import Outcome, SendError, TokenVault

# Asked earlier than 5 minutes before the end, the vendor would answer the old one again.
FETCH_BEFORE_END = timedelta(seconds=200)
WAIT_STEP_S = 0.1
WAIT_STEPS = 20

# Who fetched may have failed, such as a command a moment ago with a wrong secret: then nobody is fetching.
NOT_YET = "no token yet: it was asked for less than 30 s ago and has not come; try again after that"

Granted = tuple[str, timedelta]
Held = tuple[str, datetime]


class AccessTokens:
    def __init__(
        self,
        lane: str,
        *,
        vault: TokenVault,
        now: Callable[[], datetime],
        fetch: Callable[[], Awaitable[Granted]],
    ) -> None:
        self._lane = lane
        self._vault = vault
        self._now = now
        self._fetch = fetch
        self._held: Held | None = None
        self._lock = asyncio.Lock()

    async def get(self) -> str:
        """Raises SendError where none can be had now."""
        if self._held and self._is_good(self._held, bad=None):
            return self._held[0]
        async with self._lock:
            return await self._find(bad=None)

    async def replace(self, bad: str) -> str:
        """A token other than the one that the vendor just refused, if there is one; at most one fetch."""
        async with self._lock:
            return await self._find(bad=bad)

    async def _find(self, *, bad: str | None) -> str:
        known = self._known(self._held, bad=bad) or await self._read(bad=bad)
        if known:
            return known
        if not await self._vault.lease_refresh(self._lane):
            return await self._wait(bad=bad)
        # Another replica may have stored one between our look and our lease.
        return await self._read(bad=bad) or await self._refresh()

    async def _refresh(self) -> str:
        token, lasts = await self._fetch()
        self._held = (token, self._now() + lasts)
        await self._vault.store(self._lane, token, expires_at=self._held[1])
        return token

    async def _wait(self, *, bad: str | None) -> str:
        """Another replica fetches just now: its token will lie in the vault."""
        for _ in range(WAIT_STEPS):
            await asyncio.sleep(WAIT_STEP_S)
            token = await self._read(bad=bad)
            if token:
                return token
        raise SendError(Outcome.RETRY_LATER, NOT_YET)

    async def _read(self, *, bad: str | None) -> str | None:
        return self._known(await self._vault.read(self._lane), bad=bad)

    def _known(self, held: Held | None, *, bad: str | None) -> str | None:
        if held is None or not self._is_good(held, bad=bad):
            return None
        self._held = held
        return held[0]

    def _is_good(self, held: Held, *, bad: str | None) -> bool:
        token, expires_at = held
        return token != bad and self._now() < expires_at - FETCH_BEFORE_END
