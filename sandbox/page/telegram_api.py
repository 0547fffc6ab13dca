"""What the page lets Telegram itself do: refuse, break, lose an answer, keep the pace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from aiohttp import web

from sandbox.page.asked import missing, read_asked
from sandbox.page.stage import Stage
from sandbox.telegram import Limits, LostAfter, RetryAfter, ServerError
from sandbox.telegram.faults import Fault

BREAKAGES: Final[Mapping[str, tuple[str, Callable[[], Fault]]]] = {
    "429": ("sendMessage", lambda: RetryAfter(5)),
    "502": ("sendMessage", lambda: ServerError(502, html=True)),
    "lose": ("sendMessage", LostAfter),
    "edit": ("editMessageText", lambda: ServerError(500)),
}
"""The method each strikes once, and the fault."""


class TelegramApi:
    """Telegram's own side of one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def routes(self) -> list[web.RouteDef]:
        """The addresses."""
        return [
            web.post("/telegram/break", self.break_once),
            web.post("/telegram/pace", self.keep_pace),
            web.get("/files/{file}", self.download),
        ]

    async def break_once(self, request: web.Request) -> web.Response:
        """Let the next call of a method go wrong."""
        asked = await read_asked(request)
        found = BREAKAGES.get(asked.text("breakage"))
        if found is None:
            raise missing("there is no such breakage")
        method, fault = found
        self._stage.telegram.faults.next(method, fault())
        return web.json_response({"armed": method})

    async def keep_pace(self, request: web.Request) -> web.Response:
        """Keep the limits Telegram documents, or let the bot be as fast as it likes."""
        paced = (await read_asked(request)).flag("paced")
        self._stage.telegram.limits = Limits() if paced else None
        self._stage.audience.tell("paced", paced=paced)
        return web.json_response({"paced": paced})

    async def download(self, request: web.Request) -> web.Response:
        """A file the bot sent: pictures are shown, anything else is only ever saved."""
        file = self._stage.telegram.files.get(request.match_info["file"])
        if file is None:
            raise missing("there is no such file")
        headers: dict[str, Any] = {"X-Content-Type-Options": "nosniff"}
        if file.size_px:
            return web.Response(body=file.content, content_type="image/png", headers=headers)
        return web.Response(
            body=file.content, content_type="application/octet-stream", headers=headers
        )
