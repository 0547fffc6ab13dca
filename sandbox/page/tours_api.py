"""What the page's tours do that no person could: lose one answer anywhere, tap a hundred times."""

from __future__ import annotations

import re
from typing import Final

from aiohttp import web

from sandbox.page.asked import impossible, missing, read_asked, unfit
from sandbox.page.laws import Burst
from sandbox.page.stage import Stage
from sandbox.telegram import BotMessage

CONFIRM: Final = re.compile(r"y:([0-9]{1,18})")
"""The data of the shop's Confirm button: the quote's id behind its prefix."""
_TAPS_MAX: Final = 500
_ID_MAX: Final = 2**52


class ToursApi:
    """The tours of one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def routes(self) -> list[web.RouteDef]:
        """The addresses."""
        return [
            web.post("/tours/lose", self.lose),
            web.post("/tours/burst/{person:[0-9]+}", self.burst),
        ]

    async def lose(self, request: web.Request) -> web.Response:
        """Lose the next answer to an order, whoever sells it."""
        await read_asked(request)
        self._stage.lose_one()
        return web.json_response({})

    async def burst(self, request: web.Request) -> web.Response:
        """Tap one Confirm many times, each tap an update of its own."""
        asked = await read_asked(request)
        person = self._stage.telegram.people.get(int(request.match_info["person"]))
        if person is None:
            raise missing("there is no such person")
        tapped, taps = asked.text("tapped", 64), asked.whole("taps", 1, _TAPS_MAX)
        message_id = asked.whole("message", 1, _ID_MAX)
        found = CONFIRM.fullmatch(tapped)
        if found is None:
            raise unfit("only Confirm is tapped so often")
        if not isinstance(person.chat.messages.get(message_id), BotMessage):
            raise impossible("that message is gone")
        for _ in range(taps):
            person.taps_raw(tapped, message_id)
        if self._stage.laws is not None:
            self._stage.laws.bursts.append(Burst(person.user_id, int(found[1]), taps))
        return web.json_response({"taps": taps})
