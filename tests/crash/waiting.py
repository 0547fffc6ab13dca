"""Waiting for what another process writes into a file, where nobody rings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

LOOK_EVERY_S: Final = 0.025


async def until(holds: Callable[[], bool], within_s: float) -> None:
    """Look again and again until something holds.

    Raises:
        TimeoutError: it never did.
    """
    async with asyncio.timeout(within_s):
        while not holds():  # noqa: ASYNC110 - see the first line
            await asyncio.sleep(LOOK_EVERY_S)
