"""Server-Sent Events: every page that is open hears of every change, in order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final

from aiohttp import web

_QUEUE_MAX: Final = 2000
_HEARTBEAT_S: Final = 15


def event(kind: str, **facts: Any) -> str:
    """One event as it goes over the wire."""
    return f"data: {json.dumps({'kind': kind, **facts}, ensure_ascii=False)}\n\n"


class _Listener:
    """One open page; it is lost when it reads too slowly, and comes back to a fresh start."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[str] = asyncio.Queue(_QUEUE_MAX)
        self.is_lost = False

    def put(self, text: str) -> None:
        try:
            self.queue.put_nowait(text)
        except asyncio.QueueFull:
            self.is_lost = True


class Audience:
    """The pages that are open now."""

    def __init__(self) -> None:
        self._listeners: set[_Listener] = set()
        self._is_over = False

    @property
    def is_there(self) -> bool:
        """Whether anybody looks."""
        return bool(self._listeners)

    def tell(self, kind: str, **facts: Any) -> None:
        """Tell every page."""
        if not self._listeners:
            return
        text = event(kind, **facts)
        for listener in self._listeners:
            listener.put(text)

    def dismiss(self) -> None:
        """Let every page go, because the server closes."""
        self._is_over = True
        for listener in self._listeners:
            listener.put(": the end\n\n")

    async def entertain(
        self, request: web.Request, opening: Callable[[], str]
    ) -> web.StreamResponse:
        """Stream to one page until it leaves: the opening first, then every change since."""
        response = web.StreamResponse(headers={"Cache-Control": "no-store"})
        response.content_type = "text/event-stream"
        await response.prepare(request)
        listener = _Listener()
        self._listeners.add(listener)  # before the opening, and no wait between: nothing is missed
        try:
            await response.write(opening().encode())
            while not listener.is_lost and not self._is_over:
                await response.write((await _next(listener)).encode())
        except ConnectionResetError:
            pass
        finally:
            self._listeners.discard(listener)
        return response


async def _next(listener: _Listener) -> str:
    """The waiting events in one piece, or a heartbeat that shows who has gone."""
    try:
        async with asyncio.timeout(_HEARTBEAT_S):
            texts = [await listener.queue.get()]
    except TimeoutError:
        return ": still here\n\n"
    while not listener.queue.empty():
        texts.append(listener.queue.get_nowait())
    return "".join(texts)
