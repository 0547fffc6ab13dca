"""Watches the world and tells the open pages what changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from aiohttp import web

from sandbox.page.laws import Laws
from sandbox.page.log import CallLog, supplier_line, telegram_line
from sandbox.page.stall import LOST, Stall
from sandbox.page.stream import Audience, event
from sandbox.page.supplier_views import stall_view
from sandbox.page.telegram_views import bot_view, chat_view, message_view, person_view
from sandbox.telegram import Call, Change, TelegramWorld, Toast
from sandbox.telegram.inline import InlineAnswer
from sandbox.telegram.wire import unix

_LOOK_EVERY_S: Final = 0.3
_JUDGE_EVERY_S: Final = 0.7
_PAUSE: Final = timedelta(seconds=3)
"""How long a bot may be away between two polls and still count as there."""


@dataclass(frozen=True)
class Spin:
    """A tap the bot has not answered yet."""

    query_id: str
    chat_id: int
    message_id: int
    tapped: str

    def as_json(self) -> dict[str, Any]:
        """The tap as the page gets it."""
        place = {"chat": self.chat_id, "message": self.message_id, "tapped": self.tapped}
        return {"query": self.query_id, **place}


@dataclass
class Stage:
    """The world as the pages see it; without a shop's database there are no `laws`."""

    telegram: TelegramWorld
    stalls: Mapping[str, Stall]
    operators: frozenset[int]
    laws: Laws | None = None
    audience: Audience = field(default_factory=Audience)
    log: CallLog = field(default_factory=CallLog)
    _loses_one: bool = False
    _asked_at: datetime | None = None
    _spins: dict[str, Spin] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)
    _told: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.began = self.telegram.now()

    def opening(self) -> str:
        """Everything, for a page that has just opened."""
        return event("hello", **self.snapshot())

    def snapshot(self) -> dict[str, Any]:
        """The whole state."""
        people = self.telegram.people.values()
        return {
            "people": [person_view(person, self.operators) for person in people],
            "chats": {person.user_id: chat_view(person) for person in people},
            "spins": [spin.as_json() for spin in self._spinning()],
            "bot": bot_view(self.telegram),
            "listening": self.is_listening,
            "paced": self.telegram.limits is not None,
            "suppliers": [stall_view(stall) for stall in self.stalls.values()],
            "log": self.log.lines(),
            "began": unix(self.began),
            "looks_into_books": self.laws is not None,
            "judged": self._told.get("judged"),
        }

    @property
    def is_listening(self) -> bool:
        """Whether the bot is there to hear what people do."""
        updates = self.telegram.updates
        has_just_asked = (
            self._asked_at is not None and self.telegram.now() - self._asked_at < _PAUSE
        )
        return updates.is_polled or bool(updates.webhook.url) or has_just_asked

    def lose_one(self) -> None:
        """Let the next answer to an order be lost, whichever supplier gets it."""
        self._loses_one = True
        for stall in self.stalls.values():
            stall.disarm(LOST)
            stall.break_once("lose")
            self.show(stall)

    async def watch(self, _app: web.Application) -> AsyncIterator[None]:
        """Tell of every change while the application runs."""
        leave = self.telegram.subscribe(self._on_change)
        async with asyncio.TaskGroup() as group:
            looking = [group.create_task(self._look_again()), group.create_task(self._judge())]
            yield
            for task in looking:
                task.cancel()
        leave()

    async def dismiss(self, _app: web.Application) -> None:
        """Close every stream."""
        self.audience.dismiss()

    def show(self, stall: Stall) -> None:
        """Tell of a supplier that was just steered."""
        self._tell_if_new(f"stall {stall.name}", "supplier", supplier=stall_view(stall))

    # Orders change by the clock alone and nobody rings: so the suppliers are looked at.
    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            for stall in self.stalls.values():
                self._read_requests(stall)
            if self.audience.is_there:
                self._tell_if_new("listening", "listening", listening=self.is_listening)
                for stall in self.stalls.values():
                    self.show(stall)

    async def _judge(self) -> None:
        while self.laws is not None:
            await asyncio.sleep(_JUDGE_EVERY_S)
            if self.audience.is_there:
                judged = await self.laws.look()
                if judged is not None:
                    self._tell_if_new("judged", "judged", **judged)

    def _read_requests(self, stall: Stall) -> None:
        received = stall.world.received
        fresh = received[self._seen.get(stall.name, 0) :]
        self._seen[stall.name] = len(received)
        for request in fresh:
            stall.saw(request)
            if request.fault == LOST and self._loses_one:
                self._struck()
            self._tell_line(supplier_line(stall.name, request))

    def _struck(self) -> None:
        """One answer is lost: the other suppliers keep theirs."""
        self._loses_one = False
        for stall in self.stalls.values():
            stall.disarm(LOST)

    def _tell_line(self, line: Any) -> None:
        self.audience.tell("log", line=self.log.add(line))

    def _tell_if_new(self, key: str, kind: str, **facts: Any) -> None:
        if self._told.get(key) != facts:
            self._told[key] = facts
            self.audience.tell(kind, **facts)

    def _on_change(self, change: Change) -> None:
        subject = change.subject
        if change.kind in ("sent", "edited"):
            self.audience.tell("message", chat=change.chat_id, message=message_view(subject))
        elif change.kind == "deleted":
            self.audience.tell("deleted", chat=change.chat_id, id=subject.message_id)
        elif change.kind == "toast":
            self._on_answer(change.chat_id, subject)
        elif change.kind == "act":
            self._on_act(subject)
        else:
            self._on_call(subject)

    def _on_answer(self, chat_id: int | None, answer: Toast | InlineAnswer) -> None:
        if isinstance(answer, InlineAnswer):
            shown = {"results": answer.results, "next": answer.next_offset}
            self.audience.tell("inline", chat=chat_id, button=answer.button, **shown)
            return
        self._spins.pop(answer.query_id, None)
        words = {"text": answer.text, "alert": answer.show_alert, "url": answer.url}
        self.audience.tell("answered", chat=chat_id, query=answer.query_id, **words)

    def _on_act(self, update: dict[str, Any]) -> None:
        tap = update.get("callback_query")
        if tap:
            place = tap["message"]
            spin = Spin(tap["id"], place["chat"]["id"], place["message_id"], tap["data"])
            self._spins[spin.query_id] = spin
            self.audience.tell("spin", **spin.as_json())
        for person in self.telegram.people.values():
            view = person_view(person, self.operators)
            self._tell_if_new(f"person {person.user_id}", "person", person=view)

    def _on_call(self, call: Call) -> None:
        self._tell_line(telegram_line(call))
        method = call.method.lower()
        if method == "getupdates" and call.refusal is None:
            self._asked_at = call.at
        if method.startswith(("setmy", "deletemy")):
            self.audience.tell("bot", bot=bot_view(self.telegram))
        if method == "sendchataction" and call.refusal is None:
            self.audience.tell("typing", chat=call.chat_id)

    def _spinning(self) -> list[Spin]:
        """Taps still waited for; a client gives up on old ones, and so do we."""
        queries, oldest = self.telegram.queries, self.telegram.now() - self.telegram.query_lifetime
        self._spins = {
            query_id: spin
            for query_id, spin in self._spins.items()
            if query_id in queries and queries[query_id].at > oldest
        }
        return list(self._spins.values())
