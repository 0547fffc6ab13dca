"""Waiting for what another process writes into a file, where nobody rings."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

LOOK_EVERY_S: Final = 0.025


async def until(holds: Callable[[], bool], within_s: float | None) -> None:
    """Look again and again until something holds; None is for ever.

    Raises:
        TimeoutError: it never did.
    """
    async with asyncio.timeout(within_s):
        while not holds():  # noqa: ASYNC110 - see the first line
            await asyncio.sleep(LOOK_EVERY_S)


async def until_known(holds: Callable[[], Awaitable[bool]], within_s: float) -> None:
    """Ask again and again until something holds.

    Raises:
        TimeoutError: it never did.
    """
    async with asyncio.timeout(within_s):
        while not await holds():  # noqa: ASYNC110 - as above
            await asyncio.sleep(LOOK_EVERY_S)
