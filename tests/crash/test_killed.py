"""Kill -9 of `python -m bot run` as an operator starts it, with nothing of ours inside.

One way of many; the others are tried on forked processes, see test_crash.
"""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.suppliers import SupplierWorld, wire_faults
from tests.crash.process import LivingBot, living_bot


def _accplanet(bot: LivingBot) -> SupplierWorld:
    return next(supplier for supplier in bot.world.suppliers if supplier.name == "ACCPLANET")


async def _buys_two(bot: LivingBot) -> None:
    bot.alice.opens("s_1")
    await bot.sees_button(bot.alice, "Buy")
    await bot.sees(bot.alice, "How many?")
    bot.alice.sends("2")
    await bot.sees_button(bot.alice, "Pay")


@pytest.mark.processes
async def test_killed_while_the_order_is_on_the_wire_it_is_parked_and_never_sent_again(
    tmp_path: Path,
) -> None:
    async with living_bot(tmp_path) as bot:
        supplier = _accplanet(bot)
        supplier.faults.next("add", wire_faults.hang(timedelta(seconds=60)).after_acting())
        await _buys_two(bot)
        async with asyncio.timeout(60):
            await supplier.faults.somebody_hangs()
        await bot.is_killed()
        supplier.faults.release()
        await bot.starts()
        await bot.sees(bot.alice, "being checked", "safe")
        await bot.sees(bot.olga, "in doubt")

        assert supplier.adds_received == 1
        assert sum("in doubt" in message.text for message in bot.olga.messages) == 1
        assert await bot.audit() == 0
