"""A second process on one SQLite file is refused with one line, and the first goes on."""

from pathlib import Path

import pytest

from tests.crash.process import living_bot

pytestmark = pytest.mark.processes


async def test_a_second_process_is_refused_and_a_later_one_is_not(tmp_path: Path) -> None:
    async with living_bot(tmp_path) as bot:
        second = await bot.refused()
        assert second.count("\n") == 1, second
        assert "another Kiosk runs on kiosk.db: SQLite is for one process" in second
        bot.alice.sends("/wallet")
        await bot.sees(bot.alice, "$20.00")
        await bot.is_killed()
        await bot.starts()
        bot.alice.sends("/start")
        await bot.sees(bot.alice, "Welcome")
