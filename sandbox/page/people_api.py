"""What the page lets people do: be born, write, tap, send things, block and come back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from aiohttp import web

from sandbox.page.asked import Asked, impossible, missing, read_asked, unfit
from sandbox.page.stage import Stage
from sandbox.page.telegram_views import person_view
from sandbox.telegram import BotMessage, Person

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_USERNAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,31}")
_FIRST_FREE_ID: Final = 3001
_ID_MAX: Final = 2**52
_NAME_MAX: Final = 64

Act = Callable[[Person, Asked], Mapping[str, Any]]


def _taps(person: Person, asked: Asked) -> Mapping[str, Any]:
    message_id = asked.whole("message", 1, _ID_MAX)
    if not isinstance(person.chat.messages.get(message_id), BotMessage):
        raise impossible("that message is gone")
    return person.taps_raw(asked.text("tapped", 64), message_id)


ACTS: Final[Mapping[str, Act]] = {
    "text": lambda person, asked: person.sends(asked.text("text")),
    "tap": _taps,
    "edit": lambda person, asked: person.edits(
        asked.whole("message", 1, _ID_MAX), asked.text("text")
    ),
    "inline": lambda person, asked: person.types_inline(
        asked.find_text("text", 256) or "", offset=asked.find_text("offset", 64) or ""
    ),
    "choose": lambda person, asked: person.chooses(asked.text("result", 64)),
    "sticker": lambda person, _: person.sends_sticker(),
    "photo": lambda person, asked: person.sends_photo(asked.find_text("text", 1024) or ""),
    "document": lambda person, asked: person.sends_document(
        caption=asked.find_text("text", 1024) or ""
    ),
    "album": lambda person, _: person.sends_album()[-1],
    "voice": lambda person, _: person.sends_voice(),
    "video": lambda person, _: person.sends_video(),
    "contact": lambda person, _: person.sends_contact(),
    "forward": lambda person, asked: person.forwards(asked.text("text")),
    "block": lambda person, _: person.blocks_bot(),
    "unblock": lambda person, _: person.unblocks_bot(),
}
"""The acts by name, each with what it reads: `text`, `message`, `tapped`, `offset`, `result`."""


class PeopleApi:
    """The people of one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def routes(self) -> list[web.RouteDef]:
        """The addresses."""
        return [
            web.post("/people", self.add),
            web.post("/people/{person:[0-9]+}/{act:[a-z]+}", self.act),
        ]

    async def add(self, request: web.Request) -> web.Response:
        """Let somebody be born."""
        asked = await read_asked(request)
        people = self._stage.telegram.people
        free = max(_FIRST_FREE_ID, max(people, default=0) + 1)
        user_id = asked.find_whole("id", 1, _ID_MAX) or free
        if user_id in people:
            raise impossible(f"{people[user_id].first_name} has the id {user_id} already")
        name = asked.text("name", _NAME_MAX).strip()
        language = _matching(asked.find_text("language") or "en", _LANGUAGE, "a code such as en")
        username = asked.find_text("username")
        if username:
            username = _matching(username.removeprefix("@"), _USERNAME, "letters, digits and _")
        telegram = self._stage.telegram
        person = telegram.person(user_id, name, username=username, language_code=language)
        view = person_view(person, self._stage.operators)
        self._stage.audience.tell("person", person=view)
        return web.json_response(view, status=201)

    async def act(self, request: web.Request) -> web.Response:
        """Do one thing as somebody."""
        asked = await read_asked(request)
        person = self._stage.telegram.people.get(int(request.match_info["person"]))
        if person is None:
            raise missing("there is no such person")
        act = ACTS.get(request.match_info["act"])
        if act is None:
            raise missing("nobody can do that")
        update = act(person, asked)
        tap = update.get("callback_query") or {}
        return web.json_response({"query": tap.get("id")})


def _matching(text: str, pattern: re.Pattern[str], words: str) -> str:
    if not pattern.fullmatch(text):
        raise unfit(f"{text} does not fit: {words}")
    return text
