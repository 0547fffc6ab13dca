"""A rented number whose code did not help is claimed, and another number replaces it."""

from bot.orders.rules.moves import State
from sandbox.suppliers.numbers import code_after, no_code
from tests.conversation.human import Human
from tests.conversation.numbers.renting import is_sound, rents
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


async def rents_and_reports(shop: Shop, alice: Human) -> None:
    shop.hstockplus.plan_sms(code_after(5))
    await rents(alice)
    await shop.passes(seconds=30)
    assert await shop.state() is State.COMPLETED
    await alice.sends("/orders")
    await alice.taps("#1 ·")
    await alice.taps("Problem")
    await alice.taps("It does not work")
    await alice.taps("Skip")
    await alice.taps("Send the report")
    await shop.works()


@on_sqlite
async def test_another_number_replaces_one_whose_code_did_not_work(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await rents_and_reports(shop, alice)
    wallet = await alice.wallet()
    shop.hstockplus.plan_sms(code_after(5))
    await olga.taps("Replace")
    await olga.taps("Yes: send a replacement")
    await shop.works()
    await shop.passes(seconds=30)

    assert await shop.state(2) is State.COMPLETED
    alice.sees(
        "A replacement is on its way: order #2.", "Replaces order #1 and costs you nothing."
    )
    assert await alice.wallet() == wallet
    await is_sound(shop, alice)


@on_sqlite
async def test_a_replacing_number_without_a_code_opens_the_claim_again_for_a_refund(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await rents_and_reports(shop, alice)
    free = (await alice.wallet()).free.micros
    shop.hstockplus.plan_sms(no_code())
    await olga.taps("Replace")
    await olga.taps("Yes: send a replacement")
    await shop.works()
    await shop.leaps(11, minutes=2)

    assert await shop.state(2) is State.CANCELED
    olga.sees_last("A replacement did not come: the claim is open again.")
    await olga.taps("Refund")
    await olga.taps("Yes: refund $0.60")
    await shop.works()
    assert (await alice.wallet()).free.micros == free + 600_000
    await is_sound(shop, alice)
