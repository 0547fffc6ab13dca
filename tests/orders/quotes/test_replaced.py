"""A quote that another takes the place of is paid before, or never."""

from datetime import timedelta

import pytest

from bot.base.errors import TooLate
from bot.base.ids import QuoteId
from bot.money.ledger import Wallet
from bot.orders.place import Placed
from bot.orders.quote import QuoteDraft, replace_quote
from bot.orders.rules.errors import QuoteExpired
from bot.orders.views import QuoteView
from tests.races import all_at_once
from tests.stored_shop import BOB, Books, usd


async def replaced(books: Books, before: QuoteId, draft: QuoteDraft) -> QuoteView:
    return await books.db.write(replace_quote, draft, before)


async def test_the_one_before_cannot_be_paid_any_more(rich: Books) -> None:
    before = await rich.quote(total="2")
    newer = await replaced(rich, before, await rich.draft(total="3"))

    with pytest.raises(QuoteExpired):
        await rich.confirms(before)
    assert (await rich.confirms(newer.id)).fresh
    assert await rich.wallet() == Wallet(free=usd("7"), held=usd("3"))
    assert await rich.faults() == ()


async def test_a_clock_that_is_set_back_does_not_bring_it_back(rich: Books) -> None:
    before = await rich.quote(total="2")
    await replaced(rich, before, await rich.draft(total="3"))
    rich.clock.turn(timedelta(seconds=-1))

    with pytest.raises(QuoteExpired):
        await rich.confirms(before)


async def test_one_that_was_paid_is_not_replaced(rich: Books) -> None:
    before = await rich.quote(total="2")
    await rich.confirms(before)
    with pytest.raises(TooLate):
        await replaced(rich, before, await rich.draft(total="3"))


async def test_nobody_ends_anothers_quote(rich: Books) -> None:
    await rich.has(BOB, "10")
    before = await rich.quote(total="2")
    draft = await rich.draft(total="3", customer=BOB)
    with pytest.raises(TooLate):
        await replaced(rich, before, draft)
    assert (await rich.confirms(before)).fresh


async def test_paying_and_replacing_at_once_have_one_winner(rich: Books) -> None:
    other = await rich.another()
    for _ in range(8):
        before = await rich.quote(total="1")
        draft = await rich.draft(total="1")
        paid, newer = await all_at_once(rich.confirms(before), replaced(other, before, draft))
        if isinstance(paid, Placed):
            assert isinstance(newer, TooLate)
        else:
            assert isinstance(paid, QuoteExpired)
            assert isinstance(newer, QuoteView)
    assert await rich.faults() == ()
