"""Pictures that people attach: kept in memory only, the newest few. What becomes evidence, `storage` keeps."""

import base64
import binascii
import struct
import zlib
from collections import OrderedDict
from hashlib import sha256

_KEPT_BYTES = 32 * 1024 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"


class PictureBox:
    """A picture's handle is made of its content, so that the same picture said twice is one."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def put(self, content: bytes) -> str:
        handle = sha256(content).hexdigest()[:24]
        if handle not in self._kept:
            self._kept[handle] = content
            self._size += len(content)
        self._kept.move_to_end(handle)
        while self._size > _KEPT_BYTES:
            self._size -= len(self._kept.popitem(last=False)[1])
        return handle

    def find(self, handle: str) -> bytes | None:
        return self._kept.get(handle)


def read_picture(text: str) -> bytes:
    """The bytes of a base64 PNG or JPEG, or a made-up picture for a file name; ValueError for other data."""
    is_data = text.startswith("data:")
    try:
        content = base64.b64decode(text.partition(",")[2] if is_data else text, validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if find_media_type(content):
        return content
    if is_data or len(text) > 200:
        raise ValueError("neither PNG nor JPEG")
    return draw_picture(text)


def find_media_type(content: bytes) -> str | None:
    if content.startswith(_PNG):
        return "image/png"
    return "image/jpeg" if content.startswith(_JPEG) else None


def draw_picture(name: str) -> bytes:
    """A plain PNG of 96 x 64 whose colour depends on the name."""
    colour = bytes(96 + each // 2 for each in sha256(name.encode()).digest()[:3])
    row = b"\x00" + colour * 96
    header = struct.pack(">IIBBBBB", 96, 64, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(row * 64)), (b"IEND", b""))
    return _PNG + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
