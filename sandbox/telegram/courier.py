"""Carries updates to the webhook, each person's one after another, until they are taken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from sandbox.telegram.bodies import read_body
from sandbox.telegram.refusals import Refusal
from sandbox.telegram.updates import Update

if TYPE_CHECKING:
    from sandbox.telegram.world import TelegramWorld

PROOF_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
"""Carries the secret, which proves that Telegram is speaking."""

PATIENCE_S: Final = 60

Execute = Callable[[str, dict[str, Any]], Awaitable[None]]
"""Performs a method that the bot named in its answer."""


class Courier:
    """Delivers in order, many people's at once; repeats what is refused, with growing pauses."""

    def __init__(self, world: TelegramWorld, execute: Execute) -> None:
        self._world = world
        self._execute = execute
        self._under_way: set[int] = set()
        """The people of whom an update is on its way."""

    async def run(self) -> None:
        """Deliver until cancelled."""
        updates = self._world.updates
        async with (
            ClientSession(timeout=ClientTimeout(total=PATIENCE_S)) as session,
            asyncio.TaskGroup() as tasks,
        ):
            while True:
                for update in self._next():
                    self._under_way.add(_sender(update))
                    tasks.create_task(self._carry(session, update))
                await updates.bell.heard()

    def _next(self) -> Iterator[Update]:
        """The first update of each person of whom none is on its way, as far as there is room."""
        webhook = self._world.updates.webhook
        for update in self._world.updates.ready() if webhook.url else ():
            if len(self._under_way) >= webhook.max_connections:
                return
            if _sender(update) not in self._under_way:
                yield update

    async def _carry(self, session: ClientSession, update: Update) -> None:
        """Deliver it until it is taken, or until there is no webhook any more."""
        updates, failures = self._world.updates, 0
        while updates.webhook.url:
            if await self._deliver(session, update):
                self._under_way.discard(_sender(update))
                updates.confirm(update)
                return
            await self._rest(failures)
            failures += 1
        self._under_way.discard(_sender(update))

    async def _deliver(self, session: ClientSession, update: Update) -> bool:
        webhook = self._world.updates.webhook
        headers = {PROOF_HEADER: webhook.secret} if webhook.secret else {}
        try:
            async with session.post(webhook.url, json=update, headers=headers) as answer:
                if answer.ok:
                    await self._obey(answer)
                    return True
                said = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (ClientError, TimeoutError) as error:
            said = f"Connection failed: {type(error).__name__}"
        webhook.last_error, webhook.last_error_at = said, self._world.now()
        return False

    async def _obey(self, answer: ClientResponse) -> None:
        """Perform the method in the answer, if there is one; nobody hears how it went."""
        try:
            fields = await read_body(answer.headers, answer.content)
        except Refusal:
            return
        method = fields.pop("method", None)
        if isinstance(method, str):
            await self._execute(method, fields)

    async def _rest(self, failures: int) -> None:
        pauses = self._world.back_off_s
        await asyncio.sleep(pauses[min(failures, len(pauses) - 1)])


def _sender(update: Update) -> int:
    """Whose act it is."""
    [body] = (part for part in update.values() if isinstance(part, dict))
    return int(body["from"]["id"])
