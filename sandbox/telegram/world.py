"""The whole pretend Telegram around one bot, as plain objects a test can look at."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from sandbox.clock import Now
from sandbox.telegram.bell import Bell
from sandbox.telegram.calls import Call, Change, Watcher
from sandbox.telegram.faults import Faults
from sandbox.telegram.limits import Limits, Pacing
from sandbox.telegram.messages import Chat, Message, Query, StoredFile
from sandbox.telegram.people import Person
from sandbox.telegram.profile import BotProfile
from sandbox.telegram.updates import Update, Updates

Found = TypeVar("Found")


class TelegramWorld:
    """People, chats, and everything the bot ever asked for.

    Attributes:
        query_lifetime: how long a tap may wait for its answer.
        back_off_s: the real pauses between deliveries to a webhook that fails; the last repeats.
        can_read_all_group_messages: whether the bot hears groups where nobody addresses it.
    """

    def __init__(self, token: str, now: Now, bot_username: str = "kiosk_demo_bot") -> None:
        self.token = token
        self.now = now
        self.bot_id = int(token.partition(":")[0])
        self.bot_username = bot_username
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.calls: list[Call] = []
        self.files: dict[str, StoredFile] = {}
        self.queries: dict[str, Query] = {}
        self.faults = Faults()
        self.updates = Updates(now)
        self.profile = BotProfile(names={"": "Kiosk"})
        self.query_lifetime = timedelta(seconds=30)
        self.back_off_s: tuple[float, ...] = (0.1, 0.5, 1, 2, 5)
        self.can_read_all_group_messages = False
        self._pacing: Pacing | None = None
        self._watchers: list[Watcher] = []
        self._bell = Bell()
        self._last_message_id = 0
        self._last_query_id = 0

    @property
    def limits(self) -> Limits | None:
        """The pace the bot must keep; None, as at the start, means any."""
        return self._pacing.limits if self._pacing else None

    @limits.setter
    def limits(self, limits: Limits | None) -> None:
        self._pacing = Pacing(self.now, limits) if limits else None

    def find_wait(self, chat_id: int) -> int | None:
        """Count a message to a chat; answer the seconds to wait when it is too soon."""
        return self._pacing.find_wait(chat_id) if self._pacing else None

    def person(
        self,
        user_id: int,
        first_name: str,
        *,
        username: str | None = None,
        language_code: str = "en",
    ) -> Person:
        """Get a person, or let them be born: one who never wrote to the bot."""
        if user_id not in self.people:
            self.people[user_id] = Person(self, user_id, first_name, username, language_code)
            self.chats[user_id] = Chat(user_id, "private")
        return self.people[user_id]

    def group(self, chat_id: int, title: str = "A group") -> Chat:
        """Get a group, or open one with the bot in it; its id is negative."""
        if chat_id >= 0:
            msg = "the id of a group is negative"
            raise ValueError(msg)
        return self.chats.setdefault(chat_id, Chat(chat_id, "supergroup", title))

    def redeliver(self, update: Update) -> None:
        """Let an update come a second time, under its old number."""
        self.updates.put_again(update)

    def next_message_id(self) -> int:
        """Number a message: one row of numbers for all chats of a bot."""
        self._last_message_id += 1
        return self._last_message_id

    def open_query(self, user_id: int, lifetime: timedelta | None = None) -> Query:
        """Begin the wait for an answer to a tap, or to an inline query for this `lifetime`."""
        self._last_query_id += 1
        number, patience = self._last_query_id, lifetime or self.query_lifetime
        query = Query(f"{user_id}{number:09d}", user_id, self.now(), patience, lifetime is None)
        self.queries[query.query_id] = query
        return query

    def keep_file(self, name: str, content: bytes, mime: str, folder: str) -> StoredFile:
        """Store a file under an id of its own."""
        number = len(self.files) + 1
        digest = hashlib.sha256(content + number.to_bytes(4, "big")).hexdigest()
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        path = f"{folder}/file_{number}.{suffix}"
        file = StoredFile(f"BQAC{digest[:40]}", digest[40:56], path, name, content, mime)
        self.files[file.file_id] = file
        return file

    def place(self, message: Message) -> None:
        """Put a new message into its chat."""
        self.chats[message.chat_id].messages[message.message_id] = message
        self.changed(Change("sent", message.chat_id, message))

    def record(self, call: Call) -> None:
        """Remember a call of the bot."""
        self.calls.append(call)
        self.changed(Change("call", call.chat_id, call))

    def calls_of(self, method: str) -> tuple[Call, ...]:
        """Answer the calls of one method, in order."""
        return tuple(call for call in self.calls if call.method.lower() == method.lower())

    def subscribe(self, watcher: Watcher) -> Callable[[], None]:
        """Tell a watcher about every change; answers what ends it."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def changed(self, change: Change) -> None:
        """Tell the watchers, and wake those who wait for something."""
        for watcher in tuple(self._watchers):
            watcher(change)
        self._bell.ring()

    async def waits_until(self, find: Callable[[], Found | None], timeout_s: float = 5) -> Found:
        """Look again after each change until something truthy is found; time is real here.

        Raises:
            TimeoutError: it was not found in time.
        """
        async with asyncio.timeout(timeout_s):
            while not (found := find()):
                await self._bell.heard()
        return found

    def act(self, kind: str, body: dict[str, Any], chat_id: int | None) -> Update:
        """Queue what a person did as one update."""
        update = self.updates.put(kind, body)
        self.changed(Change("act", chat_id, update))
        return update
