"""Carries updates to the webhook: one after another, again and again until they are taken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
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
    """Delivers in order; what is refused is repeated with growing pauses."""

    def __init__(self, world: TelegramWorld, execute: Execute) -> None:
        self._world = world
        self._execute = execute
        self._failures = 0

    async def run(self) -> None:
        """Deliver until cancelled."""
        updates = self._world.updates
        async with ClientSession(timeout=ClientTimeout(total=PATIENCE_S)) as session:
            while True:
                update = updates.first() if updates.webhook.url else None
                if update is None:
                    await updates.bell.heard()
                elif await self._deliver(session, update):
                    self._failures = 0
                    updates.confirm(update)
                else:
                    await self._rest()

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

    async def _rest(self) -> None:
        pauses = self._world.back_off_s
        pause_s = pauses[min(self._failures, len(pauses) - 1)]
        self._failures += 1
        await asyncio.sleep(pause_s)
