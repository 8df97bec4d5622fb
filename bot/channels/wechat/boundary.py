"""Signature, age and encryption of a callback, before anything in it is believed. No HTTP and no meaning here.

The encryption is wechatpy's, with one object for each key kept for good (its `WeChatCrypto` makes one for each
message). Its signature check is not used: it compares with `!=` and knows no age. Protocol: the vendor's page
消息加解密, https://developers.weixin.qq.com/doc/subscription/guide/dev/push/encryption.html.
"""

import base64
import hashlib
import hmac
import re
import secrets
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import InvalidAppIdException

from bot.channels.wechat.refusals import Reason, RefusedError

MAX_AGE_S = 300
_SIGNATURE = re.compile(r"[0-9a-f]{40}")
_TIMESTAMP = re.compile(r"[0-9]{1,11}")
_NONCE = re.compile(r"[!-~]{1,128}")


class _Crypto(PrpCrypto):  # type: ignore[misc]  # wechatpy has no types
    """wechatpy's encryption with a prefix nobody can foretell; its own comes from `random`."""

    def get_random_string(self) -> str:
        return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The signed part of a callback's query; `signature` is the one that fits the mode."""

    signature: str
    timestamp: str
    nonce: str

    def check_form(self) -> None:
        """Raises RefusedError where a value cannot be the vendor's."""
        fits = (
            _SIGNATURE.fullmatch(self.signature)
            and _TIMESTAMP.fullmatch(self.timestamp)
            and _NONCE.fullmatch(self.nonce)
        )
        if not fits:
            raise RefusedError(Reason.QUERY)


class Seal:
    """One EncodingAESKey of one account."""

    def __init__(self, aes_key: str, *, app_id: str) -> None:
        self._crypto = _Crypto(base64.b64decode(f"{aes_key}="))
        self._app_id = app_id

    def open(self, encrypted: str) -> bytes:
        """The XML inside. Raises RefusedError where the key, the account or the framing does not fit."""
        try:
            text: str = self._crypto.decrypt(encrypted, self._app_id)
        except InvalidAppIdException:
            raise RefusedError(Reason.APP_ID) from None
        except (ValueError, IndexError, struct.error):  # bad base64, block length, padding, length or UTF-8
            raise RefusedError(Reason.DECRYPTION) from None
        return text.encode()

    def close(self, xml: str) -> bytes:
        encrypted: bytes = self._crypto.encrypt(xml, self._app_id)
        return encrypted


def sign(token: bytes, *parts: bytes) -> str:
    """SHA-1 over the sorted parts, as the vendor's protocol wants it (its choice of hash, not ours)."""
    return hashlib.sha1(b"".join(sorted((token, *parts))), usedforsecurity=False).hexdigest()


def check_signature(stamp: Stamp, *, token: bytes, encrypted: str | None = None) -> None:
    """Raises RefusedError. `encrypted` is covered too where it is given (`msg_signature`)."""
    parts = [stamp.timestamp.encode(), stamp.nonce.encode()]
    if encrypted is not None:
        parts.append(encrypted.encode())
    if not hmac.compare_digest(sign(token, *parts).encode(), stamp.signature.encode()):
        raise RefusedError(Reason.SIGNATURE)


def is_too_old(stamp: Stamp, *, now: datetime) -> bool:
    """A captured request brings nothing new after 5 minutes; the once-only key gives a repeat the same answer again."""
    return abs(now.timestamp() - int(stamp.timestamp)) > MAX_AGE_S


def open_with(seals: Sequence[Seal], encrypted: str) -> tuple[bytes, Seal]:
    """The XML and the seal that fitted, so that the answer can carry the same one."""
    for seal in seals[:-1]:
        try:
            return seal.open(encrypted), seal
        except RefusedError:
            continue
    return seals[-1].open(encrypted), seals[-1]


def seal_reply(xml: str, *, seal: Seal, token: bytes, now: datetime) -> bytes:
    """The encrypted envelope of a passive reply, with a fresh nonce."""
    encrypted = seal.close(xml)
    timestamp = str(int(now.timestamp())).encode()
    nonce = secrets.token_hex(8).encode()
    signature = sign(token, timestamp, nonce, encrypted).encode()
    return (
        b"<xml><Encrypt><![CDATA[%b]]></Encrypt><MsgSignature><![CDATA[%b]]></MsgSignature>"
        b"<TimeStamp>%b</TimeStamp><Nonce><![CDATA[%b]]></Nonce></xml>"
    ) % (encrypted, signature, timestamp, nonce)
