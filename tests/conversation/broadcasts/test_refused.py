"""Whoever Telegram refuses keeps a broadcast from nobody else, and no bad message loses people."""

from datetime import timedelta

import pytest

from bot.base.ids import CustomerId
from bot.broadcasts.news import set_news
from sandbox.telegram.faults import Refuse
from tests.conversation.broadcasts.mailing import fates, got, many, starts, state
from tests.conversation.human import Human
from tests.conversation.shop import Shop

REFUSAL = Refuse(400, "Bad Request: nobody has heard of this")


def _refuses(shop: Shop, people: list[Human], refusal: Refuse = REFUSAL) -> None:
    """For good, and whatever is sent to them."""
    for one in people:
        shop.telegram.faults.keep("sendMessage", refusal, chat_id=one.id)


async def _goes_out(shop: Shop) -> None:
    """A moment passes, since a refusal is held against what has arrived after the start."""
    shop.clock.turn(timedelta(seconds=1))
    await shop.works()
    await shop.looks()


@pytest.mark.parametrize("refusal", [REFUSAL, Refuse(404, "Not Found")])
async def test_one_who_is_refused_is_passed_over_and_all_others_get_it(
    shop: Shop, alice: Human, olga: Human, refusal: Refuse
) -> None:
    guests = await many(shop, 5)
    refused = guests[2]
    _refuses(shop, [refused], refusal)
    await starts(olga)
    await _goes_out(shop)

    assert [got(one) for one in (alice, *guests)] == [1, 1, 1, 0, 1, 1]
    assert (await fates(shop))[refused.id] == "unreachable"
    assert await state(shop) == "done"
    olga.sees("🚫 Cannot be reached: 1", "Ended:")

    shop.telegram.faults.clear()
    await starts(olga, "Other words")
    await _goes_out(shop)
    assert got(refused, "Other words") == 1


async def test_the_second_refusal_in_a_row_rests_and_each_continue_comes_further(
    shop: Shop, alice: Human, olga: Human
) -> None:
    guests = await many(shop, 5)
    _refuses(shop, guests[1:3])
    await starts(olga)
    await _goes_out(shop)
    olga.sees("⚠️ Paused by itself: Telegram does not take it.", "nobody has heard of this")
    found = await fates(shop)
    assert [found[one.id] for one in guests[1:4]] == ["unreachable", "waiting", "waiting"]

    await olga.taps("Continue")
    await _goes_out(shop)
    assert [got(one) for one in (alice, *guests)] == [1, 1, 0, 0, 1, 1]
    assert (await fates(shop))[guests[2].id] == "unreachable"
    assert await state(shop) == "done"


async def test_the_first_who_is_refused_comes_last_after_continue(
    shop: Shop, alice: Human, olga: Human
) -> None:
    guests = await many(shop, 3)
    _refuses(shop, [alice])
    await starts(olga)
    await _goes_out(shop)
    assert await state(shop) == "paused"
    assert not any(got(one) for one in guests)

    await olga.taps("Continue")
    await _goes_out(shop)
    assert [got(one) for one in (alice, *guests)] == [0, 1, 1, 1]
    assert (await fates(shop))[alice.id] == "unreachable"
    assert await state(shop) == "done"


async def test_what_telegram_takes_from_nobody_loses_nobody(
    shop: Shop, alice: Human, olga: Human
) -> None:
    guests = await many(shop, 2)
    await shop.kiosk.db.write(set_news, CustomerId(olga.id), wanted=False)
    _refuses(shop, [alice, *guests])
    await starts(olga)
    await _goes_out(shop)
    for _ in range(4):
        assert await state(shop) == "paused"
        assert set((await fates(shop)).values()) == {"waiting"}
        await olga.taps("Continue")
        await _goes_out(shop)

    shop.telegram.faults.clear()
    await olga.taps("Continue")
    await _goes_out(shop)
    assert [got(one) for one in (alice, *guests)] == [1] * 3
