"""Pictures from strangers are decoded and encoded anew: what cannot be is not kept, and no metadata goes along."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2048
KINDS = ("JPEG", "PNG", "WEBP")
MEDIA_TYPE = "image/jpeg"
SMALL_SIDE = 480


class BadPictureError(Exception):
    """Not a picture of a known kind, too large, or broken."""


def reencode(content: bytes) -> bytes:
    """The picture as a JPEG of at most `LONGEST_SIDE` pixels a side, upright, without any metadata.

    Raises BadPictureError. Takes CPU: call it off the event loop.
    """
    if len(content) > LARGEST_BYTES:
        raise BadPictureError("too many bytes")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _reencode(content)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadPictureError(type(error).__name__) from error
    except Image.DecompressionBombWarning as error:
        raise BadPictureError("too many pixels") from error


def shrink(content: bytes) -> bytes:
    """A small copy of one of our own pictures, for slow lines. Takes CPU: call it off the event loop."""
    with Image.open(io.BytesIO(content), formats=KINDS) as opened:
        opened.draft("RGB", (SMALL_SIDE, SMALL_SIDE))
        opened.thumbnail((SMALL_SIDE, SMALL_SIDE))
        encoded = io.BytesIO()
        opened.convert("RGB").save(encoded, "JPEG", quality=70, optimize=True)
    return encoded.getvalue()


def _reencode(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=KINDS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise BadPictureError("too many pixels")
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = upright.convert("RGB")
    clean = Image.new("RGB", plain.size)
    clean.paste(plain)
    encoded = io.BytesIO()
    clean.save(encoded, "JPEG", quality=82, optimize=True)
    return encoded.getvalue()
