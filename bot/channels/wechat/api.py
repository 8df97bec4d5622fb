"""The vendor's API: bounded in time and size, one token refresh a call, and no token in any log or error.

wechatpy's client is not used: it blocks, sets no limit on its token call, and repeats a bad token for ever.
"""

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import httpx

from bot.channel import Outcome, SendError, TokenVault
from bot.channels.wechat.api_errors import BAD_TOKEN, make_send_error
from bot.channels.wechat.settings import WechatSettings
from bot.channels.wechat.tokens import AccessTokens, Granted

CONNECT_S, STEP_S, TOTAL_S, DOWNLOAD_S = 3.0, 6.0, 8.0, 30.0
MAX_ANSWER_BYTES = 1024 * 1024
MAX_GRANT_S = 7200
JSON = "application/json; charset=utf-8"
_STEPS = httpx.Timeout(STEP_S, connect=CONNECT_S, pool=CONNECT_S)
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_MAY_PASS = frozenset({408, 425, 429})
# Where the server has hung up after a pause, an early end spares us a send whose fate nobody knows.
_LIMITS = httpx.Limits(max_connections=20, max_keepalive_connections=5, keepalive_expiry=15)

Answer = Mapping[str, object]


class QuietUrl(httpx.URL):
    """Shows no query: httpx logs every address, and the vendor wants its token there."""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc.decode()}{self.path}"

    def __repr__(self) -> str:
        return f"QuietUrl({str(self)!r})"


class WechatApi:
    """`client` lets a test or a stand-in bring its own transport; it is closed by whoever made it.

    `total_s` bounds each call from its connection to its last byte.
    """

    def __init__(
        self,
        settings: WechatSettings,
        *,
        tokens: TokenVault,
        now: Callable[[], datetime],
        client: httpx.AsyncClient | None = None,
        total_s: float = TOTAL_S,
    ) -> None:
        self._settings = settings
        self._now = now
        self._total_s = total_s
        self._client = client or httpx.AsyncClient(limits=_LIMITS, timeout=_STEPS)
        self._is_borrowed = client is not None
        self._tokens = AccessTokens(settings.lane, vault=tokens, now=now, fetch=self._fetch_token)

    async def post(self, path: str, body: Mapping[str, object]) -> Answer:
        """Raises SendError; UNKNOWN where the vendor may have done it."""
        # The vendor shows \u escapes as they are, hence real characters.
        content = json.dumps(body, ensure_ascii=False).encode()
        return await self._call("POST", path, params={}, content=content)

    async def upload(self, path: str, picture: bytes, **params: str) -> Answer:
        """A JPEG as the only field of a form, as the vendor's page 新增临时素材 wants it. Raises SendError."""
        # A boundary that is made of the content cannot stand in it.
        boundary = hashlib.sha256(picture).hexdigest()
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="media"; filename="picture.jpg"\r\n'
        form = (
            f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + picture + f"\r\n--{boundary}--\r\n".encode()
        )
        kind = f"multipart/form-data; boundary={boundary}"
        try:
            return await self._call("POST", path, params=params, content=form, kind=kind)
        except SendError as error:
            raise _without_doubt(error) from None

    async def get(self, path: str, **params: str) -> Answer:
        """A question only: an unknown outcome is a failed one. Raises SendError."""
        try:
            return await self._call("GET", path, params=params, content=None)
        except SendError as error:
            raise _without_doubt(error) from None

    async def download(self, path: str, *, max_bytes: int, content_type: str, **params: str) -> bytes:
        """The bytes of a file whose type begins with `content_type`. Raises SendError."""
        try:
            return await self._download(path, params, max_bytes, content_type)
        except SendError as error:
            raise _without_doubt(error) from None

    async def get_token(self) -> str:
        return await self._tokens.get()

    async def close(self) -> None:
        if not self._is_borrowed:
            await self._client.aclose()

    @property
    def is_closed(self) -> bool:
        return self._client.is_closed

    # --- with a token, at most twice --------------------------------------------------------------------------------

    async def _call(
        self, method: str, path: str, *, params: Mapping[str, str], content: bytes | None, kind: str = JSON
    ) -> Answer:
        token = await self._tokens.get()
        asked = {**params, "access_token": token}
        answer = await self._ask(method, path, params=asked, content=content, kind=kind)
        if _code(answer) in BAD_TOKEN:
            asked["access_token"] = await self._tokens.replace(token)
            answer = await self._ask(method, path, params=asked, content=content, kind=kind)
        self._check(answer)
        return answer

    async def _download(
        self, path: str, params: Mapping[str, str], max_bytes: int, content_type: str
    ) -> bytes:
        token = await self._tokens.get()
        kind, body = await self._fetch_file(path, {**params, "access_token": token}, max_bytes)
        if not kind.startswith(content_type) and _code(_parse_refusal(body)) in BAD_TOKEN:
            token = await self._tokens.replace(token)
            kind, body = await self._fetch_file(path, {**params, "access_token": token}, max_bytes)
        if kind.startswith(content_type):
            return body
        self._check(_parse_refusal(body))
        raise SendError(Outcome.REFUSED, "the file is not of the kind that was told")

    async def _fetch_file(self, path: str, params: Mapping[str, str], max_bytes: int) -> tuple[str, bytes]:
        request = self._request("GET", path, params=params, content=None)
        return await self._exchange(request, within=DOWNLOAD_S, max_bytes=max_bytes)

    async def _fetch_token(self) -> Granted:
        body = {
            "grant_type": "client_credential",
            "appid": self._settings.app_id,
            "secret": self._settings.app_secret,
            "force_refresh": False,
        }
        try:
            answer = await self._ask(
                "POST", "/cgi-bin/stable_token", params={}, content=json.dumps(body).encode()
            )
        except SendError as error:
            raise _without_doubt(error) from None
        if _code(answer) in BAD_TOKEN:
            raise SendError(
                Outcome.CONFIGURATION, "the vendor grants no token: LIREN_WECHAT_APP_SECRET is wrong"
            )
        self._check(answer)
        return _read_grant(answer)

    def _check(self, answer: Answer) -> None:
        code = _code(answer)
        if code:
            raise make_send_error(code, str(answer.get("errmsg", "")), now=self._now())

    # --- one exchange -----------------------------------------------------------------------------------------------

    async def _ask(
        self, method: str, path: str, *, params: Mapping[str, str], content: bytes | None, kind: str = JSON
    ) -> Answer:
        request = self._request(method, path, params=params, content=content, kind=kind)
        _kind, body = await self._exchange(request, within=self._total_s, max_bytes=MAX_ANSWER_BYTES)
        return _parse_answer(body)

    def _request(
        self, method: str, path: str, *, params: Mapping[str, str], content: bytes | None, kind: str = JSON
    ) -> httpx.Request:
        headers = {"Accept-Encoding": "identity", "Content-Type": kind}
        url = f"{self._settings.api_base.rstrip('/')}{path}"
        request = self._client.build_request(method, url, content=content, headers=headers, timeout=_STEPS)
        request.url = QuietUrl(request.url.copy_merge_params(params))
        return request

    async def _exchange(self, request: httpx.Request, *, within: float, max_bytes: int) -> tuple[str, bytes]:
        """Content type and body. No error is chained to what httpx raised: it would carry the address."""
        try:
            async with asyncio.timeout(within):
                response = await self._client.send(request, stream=True, follow_redirects=False)
                try:
                    _check_status(response.status_code)
                    return response.headers.get("content-type", ""), await _read(response, max_bytes)
                finally:
                    await response.aclose()
        except _NOT_SENT as error:
            raise SendError(Outcome.RETRY_LATER, f"no connection ({type(error).__name__})") from None
        except (TimeoutError, httpx.RequestError) as error:
            raise SendError(Outcome.UNKNOWN, f"no answer ({type(error).__name__})") from None


def _check_status(status: int) -> None:
    if status == 200:
        return
    if status >= 500 or status in _MAY_PASS:
        raise SendError(Outcome.RETRY_LATER, f"HTTP {status}")
    raise SendError(Outcome.CONFIGURATION, f"HTTP {status}: is LIREN_WECHAT_API_BASE right?")


async def _read(response: httpx.Response, max_bytes: int) -> bytes:
    """Raw, so that nothing small unfolds into something large."""
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > max_bytes:
            raise SendError(Outcome.REFUSED, f"more than {max_bytes} bytes")
    return bytes(body)


def _parse_answer(body: bytes) -> Answer:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise SendError(Outcome.UNKNOWN, "the answer is no JSON object")
    return answer


def _parse_refusal(body: bytes) -> Answer:
    """What came in place of a file; what cannot be read says nothing."""
    try:
        return _parse_answer(body)
    except SendError:
        return {}


def _read_grant(answer: Answer) -> Granted:
    token, seconds = answer.get("access_token"), answer.get("expires_in")
    if not isinstance(token, str) or not token or not isinstance(seconds, int):
        raise SendError(Outcome.RETRY_LATER, "the vendor granted no token")
    return token, timedelta(seconds=min(seconds, MAX_GRANT_S))


def _code(answer: Answer) -> int:
    """0 is success, and so is no code at all: not every call has one. A code that is no number is a failure."""
    code = answer.get("errcode", 0)
    return code if isinstance(code, int) else -1


def _without_doubt(error: SendError) -> SendError:
    if error.outcome is not Outcome.UNKNOWN:
        return error
    return SendError(Outcome.RETRY_LATER, error.detail, retry_after=error.retry_after)
