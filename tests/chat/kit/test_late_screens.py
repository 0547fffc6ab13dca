"""Of two screens on their way at once the newer one stays, whatever becomes of the older."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.base.ids import CustomerId
from bot.chat.kit.late_screens import LateScreens
from bot.chat.kit.present import Presenter
from bot.chat.kit.richtext import Rich
from bot.chat.kit.screen import Screen
from bot.chat.kit.telegram.refusal import AskedToWait
from tests.clock import TurnableClock
from tests.human import open_telegram

OLDER, NEWER = Screen(Rich("older")), Screen(Rich("newer"))


@dataclass(frozen=True)
class Stumbling(Presenter):
    """The product's own, on whose connection the older screen is lost after a while."""

    is_lost: asyncio.Event = field(default_factory=asyncio.Event)

    async def show(self, chat_id: int, screen: Screen, message_id: int | None = None) -> int:
        if screen is OLDER and not self.is_lost.is_set():
            await self.is_lost.wait()
            raise AskedToWait(timedelta(seconds=1))
        return await super().show(chat_id, screen, message_id)


async def at_once(_chat: CustomerId, _now: datetime) -> None:
    """No pace."""


async def test_an_older_screen_that_fails_late_is_not_shown_over_a_newer_one(
    clock: TurnableClock,
) -> None:
    async with open_telegram(clock) as (world, bot):
        person, presenter = world.person(7, "Alice"), Stumbling(bot)
        person.has_started = True
        screens = LateScreens(presenter, clock, lambda: None)
        card = await screens.show(7, Screen(Rich("first")))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(screens.show(7, OLDER, card))
            await asyncio.sleep(0)
            await screens.show(7, NEWER, card)
            presenter.is_lost.set()
        clock.turn(timedelta(seconds=2))

        assert await screens.step(at_once) == 0
        assert person.last_message.text == "newer"
