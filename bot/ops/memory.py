"""What was freed goes back to the machine."""

from __future__ import annotations

import asyncio
import ctypes
from typing import Final

_TRIM: Final = getattr(ctypes.CDLL(None), "malloc_trim", None)
"""Only glibc has it: elsewhere nothing is done."""


async def release_memory() -> None:
    """Give back what a long reading has freed, which the allocator would keep for the next one.

    It takes milliseconds, in a thread beside the one that answers taps.
    """
    if _TRIM is not None:
        await asyncio.to_thread(_TRIM, 0)
