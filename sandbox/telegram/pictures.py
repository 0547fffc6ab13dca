"""Reads the size of a picture from its first bytes, and knows what is no picture."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_JPEG_FRAMES: Final = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC)))


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
