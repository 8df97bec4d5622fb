"""The vendor's side of the WeChat callback, written from the protocol alone: it signs, encrypts, repeats and decrypts.

Shares nothing with wechatpy nor with our channel, so that it can disagree with them. Used by tests, kill trials and
the benchmark.
"""

import base64
import hashlib
import os
import re
import struct
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

TRIES = 3
PATIENCE_S = 5.0
BLOCK = 32


@dataclass(frozen=True)
class Delivered:
    """What became of one push: was it acknowledged (200), in how many tries, and what the person is shown."""

    acknowledged: bool
    tries: int
    status: int
    reply: dict[str, str] | None


@dataclass
class WechatVendor:
    """Plays WeChat's server for one account. `clock` gives seconds since 1970."""

    app_id: str = "wx5b0d3f8a91c27e64"
    token: str = "PutongToken2026"
    aes_key: str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    account: str = "gh_7f083739789a"
    clock: Callable[[], float] = time.time
    next_id: int = field(default=23_000_000_000_000_000)

    # --- the envelope -----------------------------------------------------------------------------------------------

    def encrypt(self, xml: str | bytes, *, timestamp: int | None = None) -> tuple[dict[str, str], bytes]:
        """The query and the body of a push in the encrypted mode, with a fresh nonce."""
        encrypted = self.encrypt_text(xml)
        query = self.sign_query(encrypted, timestamp=timestamp)
        body = (
            f"<xml>\n    <ToUserName><![CDATA[{self.account}]]></ToUserName>\n"
            f"    <Encrypt><![CDATA[{encrypted}]]></Encrypt>\n</xml>\n"
        )
        return query, body.encode()

    def sign_query(self, encrypted: str, *, timestamp: int | None = None) -> dict[str, str]:
        stamp = str(self._now() if timestamp is None else timestamp)
        nonce = str(int.from_bytes(os.urandom(4), "big"))
        return {
            "signature": sha1(self.token, stamp, nonce),
            "timestamp": stamp,
            "nonce": nonce,
            "openid": "oPerson",
            "encrypt_type": "aes",
            "msg_signature": sha1(self.token, stamp, nonce, encrypted),
        }

    def verification_query(self, echo: str, *, timestamp: int | None = None) -> dict[str, str]:
        """What the console sends when the address is saved."""
        stamp = str(self._now() if timestamp is None else timestamp)
        nonce = str(int.from_bytes(os.urandom(4), "big"))
        return {
            "signature": sha1(self.token, stamp, nonce), "timestamp": stamp, "nonce": nonce, "echostr": echo,
        }  # fmt: skip

    def encrypt_text(self, xml: str | bytes, *, app_id: str | None = None) -> str:
        message = xml.encode() if isinstance(xml, str) else xml
        owner = (self.app_id if app_id is None else app_id).encode()
        plain = os.urandom(16) + struct.pack(">I", len(message)) + message + owner
        padding = BLOCK - len(plain) % BLOCK
        return self.encrypt_plain(plain + bytes([padding]) * padding)

    def encrypt_plain(self, plain: bytes) -> str:
        """Encrypts a plaintext that is already framed and padded, well or badly."""
        encryptor = self._cipher().encryptor()
        return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()

    def decrypt_reply(self, body: bytes) -> dict[str, str]:
        """The fields of a passive reply. Raises AssertionError where the vendor would show the person an error."""
        envelope = read_fields(body)
        assert set(envelope) == {"Encrypt", "MsgSignature", "TimeStamp", "Nonce"}, sorted(envelope)
        signature = sha1(self.token, envelope["TimeStamp"], envelope["Nonce"], envelope["Encrypt"])
        assert signature == envelope["MsgSignature"], "the reply's signature does not fit"
        decryptor = self._cipher().decryptor()
        plain = decryptor.update(base64.b64decode(envelope["Encrypt"], validate=True)) + decryptor.finalize()
        padding = plain[-1]
        assert 1 <= padding <= BLOCK, "the reply's padding does not fit"
        assert plain[-padding:] == bytes([padding]) * padding, "the reply's padding does not fit"
        length = struct.unpack(">I", plain[16:20])[0]
        assert plain[20 + length : -padding] == self.app_id.encode(), "the reply is another account's"
        return read_fields(plain[20 : 20 + length])

    def _cipher(self) -> Cipher[modes.CBC]:
        key = base64.b64decode(f"{self.aes_key}=")
        return Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def _now(self) -> int:
        return int(self.clock())

    # --- pushing ----------------------------------------------------------------------------------------------------

    async def push(self, client: httpx.AsyncClient, xml: str, *, path: str = "/callback/wechat") -> Delivered:
        """Sends one message as WeChat does: 5 s of patience, three tries in all, only 200 counts."""
        status = 0
        for number in range(1, TRIES + 1):
            query, body = self.encrypt(xml)
            try:
                response = await client.post(
                    f"{path}?{urlencode(query)}",
                    content=body,
                    headers={"Content-Type": "text/xml"},
                    timeout=PATIENCE_S,
                )
            except httpx.TransportError:
                continue
            status = response.status_code
            if status == 200:
                return Delivered(True, number, status, self.read_answer(response.content))
        return Delivered(False, TRIES, status, None)

    def read_answer(self, body: bytes) -> dict[str, str] | None:
        """None for `success` and for nothing; everything else must be a reply."""
        return None if body in {b"", b"success"} else self.decrypt_reply(body)

    # --- messages ---------------------------------------------------------------------------------------------------

    def text(self, content: str, *, sender: str = "oResident1", message_id: int | None = None) -> str:
        return self.message("text", sender=sender, message_id=message_id, Content=content)

    def image(self, media_id: str, *, sender: str = "oResident1", message_id: int | None = None) -> str:
        picture = "http://mmbiz.qpic.cn/mmbiz_jpg/invented/0"
        return self.message("image", sender=sender, message_id=message_id, PicUrl=picture, MediaId=media_id)

    def event(self, event: str, *, sender: str = "oResident1", at: int | None = None, **fields: str) -> str:
        """An event has no id; `fields` are the further ones, such as EventKey."""
        return self._xml("event", sender, at, {"Event": event, **fields})

    def message(
        self, kind: str, *, sender: str = "oResident1", message_id: int | None = None, **fields: str
    ) -> str:
        """Each message gets the next id unless one is given."""
        if message_id is None:
            self.next_id += 1
            message_id = self.next_id
        return self._xml(kind, sender, None, {**fields, "MsgId": str(message_id)})

    def _xml(self, kind: str, sender: str, at: int | None, fields: dict[str, str]) -> str:
        created = self._now() if at is None else at
        leaves = {
            "ToUserName": self.account,
            "FromUserName": sender,
            "CreateTime": str(created),
            "MsgType": kind,
        }
        inside = "".join(f"<{name}>{_value(text)}</{name}>\n" for name, text in {**leaves, **fields}.items())
        return f"<xml>{inside}</xml>"


def _value(text: str) -> str:
    if re.fullmatch(r"\d+", text):
        return text
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def sha1(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def read_fields(xml: bytes) -> dict[str, str]:
    """The fields under `xml`. Raises AssertionError where one stands twice or holds tags."""
    root = ElementTree.fromstring(xml)
    names = [child.tag for child in root]
    assert root.tag == "xml", root.tag
    assert len(set(names)) == len(names), f"a field stands twice: {names}"
    assert not any(len(child) for child in root), "a field holds tags"
    return {child.tag: child.text or "" for child in root}
