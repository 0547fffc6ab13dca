"""Nothing that Telegram refuses: every button is tapped, over the ugliest supplier texts."""

from sandbox.suppliers.timelines import completes, never, partial, trouble
from tests.conversation.crawling import (
    UGLY,
    assert_everything_was_accepted,
    crawls,
    fill_with_ugliness,
)
from tests.conversation.human import OLGA, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


@on_sqlite
async def test_every_button_of_a_customer_works_whatever_suppliers_write(
    shop: Shop, olga: Human
) -> None:
    await fill_with_ugliness(shop)
    ugly = person(shop, 2**52 - 1, "\u202e<b>Ал\u0301иса</b>👩‍👩‍👧‍👦"[:30])
    await ugly.sends("/start")
    await olga.sends(f"/topup {ugly.id} 1000")
    shop.accplanet.default_timeline = completes(0)
    taps = await crawls(ugly, "/start", "/orders", "/wallet")

    assert taps > 50
    assert_everything_was_accepted(shop)
    assert await shop.proof() == ()


@on_sqlite
async def test_every_button_of_an_operator_works_whatever_suppliers_write(
    shop: Shop, olga: Human
) -> None:
    await fill_with_ugliness(shop)
    await olga.sends(f"/topup {OLGA} 100 " + "n" * 500)
    for timeline in (completes(0), partial(1, 0), trouble(0), never()):
        shop.accplanet.plan(timeline, [ugly for ugly in UGLY if "\ud83d" not in ugly])
        await olga.sends("/catalog")
        await olga.taps("!Ugly")
        await olga.taps("0 A")
        await olga.taps("Buy")
        await olga.sends("3")
        await olga.taps("Pay")
        await shop.works()
        await shop.passes(seconds=3)
    taps = await crawls(olga, "/desk", f"/user {OLGA}", "/suppliers", "/orders")

    assert taps > 40
    assert_everything_was_accepted(shop)
    assert await shop.proof() == ()
