"""A broadcast whose process is killed again and again reaches nobody twice."""

from functools import partial
from pathlib import Path

import pytest

from sandbox.telegram import Person
from tests.crash.process import living_bot

pytestmark = pytest.mark.processes

WORDS = "Gmail is back on the shelf"
FIRST = 300
MANY = 60


def got(person: Person) -> int:
    """How often somebody has the broadcast."""
    return sum(
        one.text == WORDS and one.find_button("Don't send me news") is not None
        for one in person.messages
    )


def _have_got(people: list[Person], least: int) -> bool:
    return sum(map(got, people)) >= least


async def test_kills_lose_one_message_each_at_most_and_double_none(tmp_path: Path) -> None:
    async with living_bot(tmp_path) as bot:
        telegram, kills = bot.world.telegram, 3
        people = [telegram.person(FIRST + one, f"Guest{one}") for one in range(MANY)]
        for one in people:
            one.sends("/start")
        await bot.until(lambda: all(one.messages for one in people))
        bot.olga.sends("/start")
        await bot.sees(bot.olga, "Welcome")
        bot.olga.sends(f"/broadcast {WORDS}")
        await bot.sees(bot.olga, "customers get it.")
        bot.olga.taps("Send to")
        await bot.sees(bot.olga, "cannot be taken back")
        bot.olga.taps("Yes, send it")
        for number in range(1, kills + 1):
            least = number * 10
            await bot.until(partial(_have_got, people, least))
            await bot.is_killed()
            await bot.starts()
        bot.olga.sends("/broadcast")
        await bot.sees(bot.olga, "📣 Broadcasts")
        bot.olga.taps("Gmail is back")
        await bot.sees(bot.olga, "Ended:")

        counts = [got(one) for one in people]
        assert max(counts) == 1
        assert counts.count(0) <= kills
        assert await bot.audit() == 0
