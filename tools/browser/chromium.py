"""A headless Chromium of this machine, spoken to over its own DevTools protocol."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import aiohttp

PROGRAM: Final = Path("/usr/bin/chromium")
_FLAGS: Final = (
    "--headless",
    "--no-sandbox",  # CI is root in a container, where Chromium's own sandbox cannot be built
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--lang=en",
    "--remote-debugging-port=0",
)
_SAYS_WHERE: Final = b"DevTools listening on "
_TO_START_S: Final = 60
_LONGEST_ANSWER_S: Final = 60
_STDERR_MAX: Final = 2**24


class Refused(Exception):
    """The browser did not do what it was asked."""


@dataclass
class Chromium:
    """One browser; calls go one after the other."""

    socket: aiohttp.ClientWebSocketResponse
    complaints: list[str] = field(default_factory=list)
    """Errors nobody on the page caught."""
    _ids: itertools.count[int] = field(default_factory=itertools.count)

    async def call(self, method: str, session: str | None = None, **params: Any) -> Any:
        """Call a method of the protocol; answers its result.

        Raises:
            Refused: the browser says no.
            TimeoutError: it says nothing for a minute.
        """
        call_id = next(self._ids)
        request: dict[str, Any] = {"id": call_id, "method": method, "params": params}
        await self.socket.send_json(request | ({"sessionId": session} if session else {}))
        async with asyncio.timeout(_LONGEST_ANSWER_S):
            answer = await self._answer_to(call_id)
        if "error" in answer:
            message = f"{method}: {answer['error']['message']}"
            raise Refused(message)
        return answer["result"]

    async def _answer_to(self, call_id: int) -> dict[str, Any]:
        while True:
            told: dict[str, Any] = await self.socket.receive_json()
            if told.get("id") == call_id:
                return told
            if told.get("method") == "Runtime.exceptionThrown":
                thrown = told["params"]["exceptionDetails"]
                self.complaints.append(thrown.get("exception", {}).get("description", str(thrown)))


@asynccontextmanager
async def chromium(program: Path = PROGRAM) -> AsyncIterator[Chromium]:
    """Run a browser with a profile of its own that is thrown away."""
    with TemporaryDirectory(prefix="kiosk-browser-", ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program,
            *_FLAGS,
            f"--user-data-dir={profile}",
            "about:blank",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            limit=_STDERR_MAX,
            env=os.environ | {"HOME": profile},
        )
        try:
            async with asyncio.timeout(_TO_START_S):
                address = await _address(process)
            async with (
                aiohttp.ClientSession() as session,
                session.ws_connect(address, max_msg_size=0) as socket,
            ):
                yield Chromium(socket)
        finally:
            await _end(process)


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None  # noqa: S101 - it was asked for
    said = []
    async for line in process.stderr:
        said.append(line.decode(errors="replace"))
        if line.startswith(_SAYS_WHERE):
            return line.removeprefix(_SAYS_WHERE).decode().strip()
    message = "Chromium did not start:\n" + "".join(said[-10:])
    raise Refused(message)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()  # its profile is thrown away: there is nothing to save
    await process.wait()
