"""Who calls: the bearer token of a request, compared in constant time, and how much one token may ask at once."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from admin_web.api.scope import Visit, make_visit
from admin_web.ports import Grant, Role
from admin_web.problems import ProblemError, plain_problem
from routing.hierarchy import Hierarchy

LONGEST_SECRET = 512
ROOT_GRANT = Grant("settings", Role.ADMIN, "", is_root=True)
"""What `LIREN_API_TOKEN` gives."""

EVERYBODY = ""
"""Those without a token share one allowance."""

BEARER = HTTPBearer(
    auto_error=False, scheme_name="token", description="An API token, made with `liren token create`."
)


class Allowance:
    """A bucket for each token: so many requests a second in the long run, and so many at once.

    In memory: a bound on misuse, not a promise. It never holds more than there are tokens.
    """

    def __init__(self, now: Callable[[], datetime], *, per_second: float = 200, burst: float = 2000) -> None:
        self._now = now
        self._per_second = per_second
        self._burst = burst
        self._left: dict[str, tuple[float, datetime]] = {}

    def take(self, name: str) -> None:
        """Raises a 429 that says when to come again."""
        now = self._now()
        left, since = self._left.get(name, (self._burst, now))
        gained = max((now - since).total_seconds(), 0) * self._per_second
        left = min(left + gained, self._burst)
        if left < 1:
            wait = max(1, round((1 - left) / self._per_second))
            raise ProblemError(
                429, "too_many_requests", "请求太密了，请稍后再试。", headers={"Retry-After": str(wait)}
            )
        self._left[name] = (left - 1, now)


class Door:
    """Turns a secret into a visit. `token` is that of the settings, None when there is none."""

    def __init__(
        self,
        find_token: Callable[[str], Awaitable[Grant | None]],
        hierarchy: Callable[[], Hierarchy],
        *,
        token: str | None,
        allowance: Allowance,
    ) -> None:
        self._find_token = find_token
        self._hierarchy = hierarchy
        self._digest = _digest(token) if token else None
        self._allowance = allowance

    async def admit(
        self,
        request: Request,
        credentials: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)],
    ) -> None:
        """Lets a request with a good token in, see `scope.visit_of`. 401 otherwise, told as RFC 6750 wants it."""
        if credentials is None:
            raise _closed('Bearer realm="liren"')
        request.state.visit = await self._visit(credentials.credentials)

    async def admit_any(
        self,
        request: Request,
        credentials: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)],
    ) -> None:
        """For addresses that are open to all and say more to some. 401 only when a token is sent and is no good."""
        if credentials is None:
            self._allowance.take(EVERYBODY)
        request.state.visit = await self._visit(credentials.credentials) if credentials else None

    async def open(self, secret: str) -> Visit:
        """For tokens that come by another way than the header. 401 as above."""
        return await self._visit(secret)

    async def _visit(self, secret: str) -> Visit:
        grant = await self._find(secret)
        if grant is None:
            raise _closed('Bearer realm="liren", error="invalid_token"')
        self._allowance.take(grant.name)
        return make_visit(grant, self._hierarchy())

    async def _find(self, secret: str) -> Grant | None:
        if not 0 < len(secret) <= LONGEST_SECRET:
            return None
        if self._digest is not None and hmac.compare_digest(self._digest, _digest(secret)):
            return ROOT_GRANT
        return await self._find_token(secret)


def _closed(challenge: str) -> ProblemError:
    problem = plain_problem(401)
    problem.headers["WWW-Authenticate"] = challenge
    return problem


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode(errors="replace")).digest()
