"""Reads a picture's size from its first bytes, knows what is none, and has a blank one."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_JPEG_FRAMES: Final = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC)))


def _chunk(kind: bytes, content: bytes) -> bytes:
    summed = kind + content
    return struct.pack(">I", len(content)) + summed + struct.pack(">I", zlib.crc32(summed))


_SIDE: Final = 90
_GREY_LINES: Final = zlib.compress((b"\0" + b"\xc0" * _SIDE) * _SIDE)
BLANK_PNG: Final = b"".join(
    (
        _PNG,
        _chunk(b"IHDR", struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 0, 0, 0, 0)),
        _chunk(b"IDAT", _GREY_LINES),
        _chunk(b"IEND", b""),
    )
)
"""A grey square: what people send when it does not matter what."""


def find_size(content: bytes) -> tuple[int, int] | None:
    """Answer width and height of a PNG or JPEG; None when it is neither."""
    if content.startswith(_PNG) and content[12:16] == b"IHDR":
        width, height = struct.unpack_from(">II", content, 16)
        return int(width), int(height)
    if content.startswith(_JPEG):
        return next(_jpeg_sizes(content), None)
    return None


def _jpeg_sizes(content: bytes) -> Iterator[tuple[int, int]]:
    at = len(_JPEG)
    while at + 9 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004 - the marker of JPEG
        marker = content[at + 1]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            yield int(width), int(height)
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
