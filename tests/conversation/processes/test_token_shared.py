"""Another program on the bot's token: operators hear of it once, and once when it is gone."""

from contextlib import suppress

from aiogram.exceptions import TelegramConflictError

from sandbox.telegram.faults import Refuse
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.replicas import pass_at_once, two_processes
from tests.conversation.shop import Shop

BEGUN = "🔴 Another program uses this bot's token"
OVER = "🟢 No other program uses this bot's token any more."
CONFLICT = Refuse(409, "Conflict: terminated by other getUpdates request")


async def polls_in_vain(shop: Shop) -> None:
    shop.telegram.faults.next("getUpdates", CONFLICT)
    with suppress(TelegramConflictError):
        await shop.hears()


@on_sqlite
async def test_operators_are_told_once_and_once_when_it_is_over(shop: Shop, olga: Human) -> None:
    for _ in range(12):
        await polls_in_vain(shop)
        await shop.leaps(1, seconds=5)
    assert olga.times(BEGUN) == 1
    olga.sees_last("answered late or not at all", "orders that were placed go on", "@BotFather")
    assert olga.times(OVER) == 0

    for _ in range(16):
        await shop.hears()
        await shop.leaps(1, seconds=10)
    assert olga.times(OVER) == 1
    assert olga.times(BEGUN) == 1


@on_sqlite
async def test_one_conflict_alone_is_a_restart_and_told_to_nobody(shop: Shop, olga: Human) -> None:
    for _ in range(3):
        await polls_in_vain(shop)
        for _ in range(6):
            await shop.leaps(1, seconds=10)
            await shop.hears()
    olga.sees_nothing_of(BEGUN, OVER)


@on_sqlite
async def test_an_answer_between_two_conflicts_does_not_say_that_it_is_over(
    shop: Shop, olga: Human
) -> None:
    for _ in range(40):
        await polls_in_vain(shop)
        await shop.leaps(1, seconds=5)
        await shop.hears()
    assert (olga.times(BEGUN), olga.times(OVER)) == (1, 0)


async def test_two_processes_of_one_shop_tell_of_it_once(shop: Shop, olga: Human) -> None:
    async with two_processes(shop) as both:
        for _ in range(4):
            for one in both:
                shop.telegram.faults.next("getUpdates", CONFLICT)
                with suppress(TelegramConflictError):
                    await one.bot.get_updates(timeout=0)
            await pass_at_once(shop, both, seconds=10, step_s=5)
    assert olga.times(BEGUN) == 1
