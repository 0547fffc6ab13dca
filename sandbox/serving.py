"""Serves an aiohttp application on loopback, and can fall over and come back on the same port."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Final, Self

from aiohttp import web

HOST: Final = "127.0.0.1"
GRACE_S: Final = 0.01
"""How long a request under way may still run when the site goes down; then it is cancelled."""


class Served:
    """One listening application. Use as `async with serve(app) as site:`.

    Going down and coming back keep the application and all its state: only the network is lost.
    """

    def __init__(self, app: web.Application, port: int) -> None:
        # A request is not cancelled when its client leaves: like a real server, it finishes
        # the act and then finds nobody to tell.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE_S)
        self._site: web.TCPSite | None = None
        self._port = port

    @property
    def port(self) -> int:
        """The port in use; stays the same after `come_back`."""
        return self._port

    @property
    def url(self) -> str:
        """The base address, without a slash at the end."""
        return f"http://{HOST}:{self._port}"

    @property
    def is_up(self) -> bool:
        """Whether anybody listens on the port."""
        return self._site is not None

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        try:
            await self.come_back()
        except BaseException:
            await self._runner.cleanup()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._fall()
        await self._runner.cleanup()

    async def go_down(self) -> None:
        """Refuse new connections, drop the live ones and cancel what they were doing."""
        await self._fall()
        # A client in the same process must get to see that its idle connections are gone,
        # or its next request would still be written to one of them.
        await asyncio.sleep(GRACE_S)

    async def refuse_newcomers(self) -> None:
        """Refuse new connections; those that stand go on."""
        if self._site is not None:
            await self._site.stop()
            self._site = None

    async def come_back(self) -> None:
        """Listen again on the same port."""
        if self._site is not None:
            return
        site = web.TCPSite(self._runner, HOST, self._port)
        await site.start()
        self._site = site
        self._port = self._runner.addresses[0][1]

    async def _fall(self) -> None:
        if self._site is None:
            return
        await self._site.stop()
        self._site = None
        server = self._runner.server
        if server is not None:
            await server.shutdown(GRACE_S)


def serve(app: web.Application, port: int = 0) -> Served:
    """Prepare `app` for `async with`; port 0 takes any free one."""
    return Served(app, port)


def hang_up(request: web.Request) -> web.Response:
    """Cut the connection of `request` without an answer; return the result from the handler."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
