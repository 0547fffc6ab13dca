"""Has pictures drawn beside the bot, with fonts that come with it."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import msgspec
import structlog

log = structlog.stdlib.get_logger(__name__)

_PAINT: Final = Path(__file__).with_name("paint.py")
_WITHIN_S: Final = 10.0
_AT_ONCE: Final = 2
_PNG: Final = b"\x89PNG"
_FONTS: Final = {
    "fontpkg_noto_sans": "files/NotoSans[[]*.ttf",
    "fontpkg_noto_sans_arabic": "files/*.ttf",
    "fontpkg_noto_sans_devanagari": "files/*.ttf",
    "fontpkg_noto_sans_thai": "files/*.ttf",
    "fontpkg_hind_siliguri": "files/HindSiliguri-[RB]*.ttf",
    "noto_cjk_sans_otc": "*.ttc",
}
"""Where the fonts of each package lie."""


@dataclass(frozen=True, slots=True)
class DrawPicture:
    """Draws SVGs, a few at a time."""

    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    async def __call__(self, svg: str) -> bytes | None:
        """The PNG; None where this machine cannot draw, or does not come to it within seconds."""
        if not can_draw():
            return None
        asked = msgspec.json.encode({"svg": svg, "fonts": find_fonts()})
        try:
            async with asyncio.timeout(_WITHIN_S), self.turns:
                png = await _painted(asked)
        except (OSError, TimeoutError) as failure:
            log.warning("picture_not_drawn", why=type(failure).__name__)
            return None
        return png if png.startswith(_PNG) else None


async def _painted(asked: bytes) -> bytes:
    arguments = (sys.executable, "-I", str(_PAINT))
    painter = await asyncio.create_subprocess_exec(
        *arguments, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    try:
        png, _ = await painter.communicate(asked)
    finally:
        if painter.returncode is None:
            painter.kill()
            await painter.wait()
    return png


@cache
def can_draw() -> bool:
    """Whether the painter and the fonts of all our languages are installed."""
    return find_spec("resvg_py") is not None and all(map(_files_of, _FONTS))


@cache
def find_fonts() -> tuple[str, ...]:
    """The files of the fonts."""
    return tuple(file for package in _FONTS for file in _files_of(package))


def _files_of(package: str) -> tuple[str, ...]:
    found = find_spec(package)
    if found is None or found.origin is None:
        return ()
    return tuple(sorted(map(str, Path(found.origin).parent.glob(_FONTS[package]))))
