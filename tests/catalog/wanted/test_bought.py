"""What a customer bought last is remembered by what was paid, or may be yet."""

from bot.orders import read
from tests.stored_shop import ALICE, BOB, Books, listed, says


async def test_nothing_was_bought_last_by_somebody_who_never_bought(rich: Books) -> None:
    await rich.has(BOB, "5")
    await rich.buys(BOB)

    assert await rich.db.read(read.last_purchase, ALICE) is None
    assert await rich.db.read(read.list_bought, ALICE, 8) == ()


async def test_the_newest_order_that_was_paid_or_may_be_counts_as_bought_last(rich: Books) -> None:
    mail, other = await rich.stocks(), await rich.stocks(listed("r2"))
    first = await rich.buys(service=mail)
    assert await rich.accepts(await rich.sends())
    await rich.buys(service=other)
    assert await rich.accepts(await rich.sends())
    await rich.hears(await rich.polls_one(), says("In progress"))
    await rich.hears(await rich.polls_one(), says("Canceled"))

    last = await rich.db.read(read.last_purchase, ALICE)

    assert last is not None
    assert (last.id, last.service, last.quantity) == (first, mail.id, 1)
    assert await rich.db.read(read.list_bought, ALICE, 8) == (mail.id,)


async def test_each_service_is_listed_once_and_the_last_bought_stands_first(rich: Books) -> None:
    mail, other = await rich.stocks(), await rich.stocks(listed("r2"))
    for service in (mail, other, mail):
        await rich.buys(service=service)

    assert await rich.db.read(read.list_bought, ALICE, 8) == (mail.id, other.id)
    assert await rich.db.read(read.list_bought, ALICE, 1) == (mail.id,)
