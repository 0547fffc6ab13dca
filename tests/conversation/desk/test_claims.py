"""A problem is reported, answered, refunded, replaced and solved, and both sides see all of it."""

from __future__ import annotations

from bot.chat.claims.taps import (
    SendClaim,
    SolveClaim,
    ToggleUnit,
)
from sandbox.suppliers.timelines import completes
from tests.conversation.desk.claiming import came, reports
from tests.conversation.desk.test_roles import becomes
from tests.conversation.human import BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


async def test_a_claim_comes_to_a_refund_in_three_taps_and_both_sides_see_it(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await came(shop, alice)
    free = (await alice.wallet()).free
    await reports(shop, alice, "1", "3")
    alice.sees_last("✅ Your report was sent.", "It does not work · pieces 1, 3", "No login")

    await olga.sends("/claims")
    olga.sees_last("Open claims", "1 claim")
    await olga.taps("#1 · does not work")
    olga.sees_last("Claim about order #1: open", "11 · @alice · “Alice”", "No login", "accplanet")
    await olga.taps("Refund 2 named")
    olga.sees_last("$0.24 goes back", "pieces 1, 3", "The claim is settled with that.")
    await olga.taps("Yes: refund $0.24")
    olga.sees_last("✅ Done: $0.24 went back.", "Claim about order #1: settled")
    await shop.works()

    assert (await alice.wallet()).free.micros == free.micros + 240_000
    alice.sees("💳 $0.24 is back in your balance.", "Your report about a problem is settled.")
    await alice.sends("/orders")
    await alice.taps("#1 ·")
    alice.sees_last("Paid: $0.36", "Refunded: $0.24", "Your report about a problem is settled.")
    await alice.sends("/wallet")
    alice.sees_last("+$0.24 · Refund, order #1")
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_a_report_is_shown_on_the_card_and_in_orders_and_is_one_at_a_time(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await came(shop, alice)
    await reports(shop, alice)
    olga.sees("⚠️ A customer reports a problem.", "all 3 pieces")
    send = SendClaim(order=1).pack()
    await alice.forges(send)
    alice.sees_last("one report at a time is enough")

    await alice.sends("/orders")
    alice.sees_last("⚠️ Problem reported")
    assert alice.card.find_button("✅⚠️ #1") is not None
    await alice.taps("#1 ·")
    alice.sees_last("⚠️ Problem reported · It does not work · all 3 pieces")
    await alice.taps("Your report")
    alice.sees_last("Your report on order #1", "will look at it and answer here")
    await olga.sends("/orders claims")
    olga.sees_last("1 claim")
    assert not shop.trouble()


async def test_taps_on_numbers_at_one_moment_all_count(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await came(shop, alice)
    await alice.sends("/orders")
    await alice.taps("#1 ·")
    await alice.taps("Problem")
    await alice.taps("It does not work")
    await alice.taps("None")
    card = alice.card.message_id
    for number in (1, 3, 3):  # the last twice, by a hand that trembles
        alice.person.taps_raw(ToggleUnit(order=1, piece=number, meant=True).pack(), card)
    await shop.hears()
    alice.sees_last("Chosen: pieces 1, 3")
    await alice.taps("3")
    alice.sees_last("Chosen: piece 1")
    assert not shop.trouble()


async def test_letters_and_pictures_go_both_ways(shop: Shop, alice: Human, olga: Human) -> None:
    await came(shop, alice)
    await reports(shop, alice)
    await olga.taps("Answer")
    await olga.sends("Please try it with a VPN")
    olga.sees_last("✅ Passed on to the customer.")
    await shop.works()
    alice.sees_last("The shop about your report on order #1", "Please try it with a VPN")

    await alice.taps("Answer")
    await alice.does(lambda person: person.sends_photo("Still not"))
    alice.sees_last("✅ Passed on to the shop.", "You: Still not · 🖼 With a picture")
    await shop.works()
    olga.sees_last("💬 The customer has written about a claim.", "Still not")
    await olga.taps("Show the picture")
    assert olga.card.photo is not None

    await alice.does(lambda person: person.sends_voice())
    await alice.sends("/orders")
    await alice.taps("#1 ·")
    await alice.taps("Your report")
    await alice.taps("Write more")
    await alice.does(lambda person: person.sends_voice())
    alice.sees_last("Only words, a picture or a file, please.")
    await alice.does(lambda person: person.sends_album())
    assert alice.times("Passed on to the shop.") == 2
    assert not shop.trouble()


async def test_a_claim_is_replaced_for_nothing_and_the_customer_gets_the_goods(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await came(shop, alice)
    wallet = await alice.wallet()
    await reports(shop, alice, "2")
    shop.accplanet.plan(completes(1), ["new:pw"])
    await olga.taps("Replace")
    olga.sees_last("A new order of 1", "about $0.10, is the shop's loss", "piece 2")
    await olga.taps("Yes: send a replacement")
    olga.sees_last("✅ Done: order #2 replaces it.", "settled")
    await shop.works()
    alice.sees("A replacement is on its way: order #2. It costs you nothing")
    await shop.passes(seconds=3)

    alice.sees("Replaces order #1 and costs you nothing.", "new:pw")
    await alice.sends("/orders")
    await alice.taps("#2 · Aged account · replaces #1")
    alice.sees_last("Order #2", "Replaces order #1 and costs you nothing.", "Completed")
    alice.sees_nothing_of("$0.00 was paid", "Paid: $0.00")
    assert await alice.wallet() == wallet
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_replacement_that_cannot_be_placed_opens_the_claim_again(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await came(shop, alice)
    await reports(shop, alice, "2")
    await olga.taps("Replace")
    await olga.taps("Yes: send a replacement")
    await olga.sends("/order 2")
    await olga.taps("Do not send: refund")
    olga.sees_last("The order ends without a delivery, and the claim about order #1 is open")
    await olga.taps("Yes: do not send")
    assert "$0.00" not in olga.card.text
    await shop.works()

    olga.sees("⚠️ A replacement did not come: the claim is open again.")
    alice.sees("It did not come. Your report on order #1 is open again")
    alice.sees_nothing_of("is on its way", "$0.00 ")
    await olga.sends("/claims")
    await olga.taps("#1 · does not work")
    await olga.taps("Refund 1 named")
    await olga.taps("Yes: refund $0.12")
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_claim_is_solved_with_words_and_its_cards_say_so(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await becomes(olga, BORIS, "support")
    await came(shop, alice)
    await reports(shop, alice)
    boris.sees_last("⚠️ A customer reports a problem.")
    refund = boris.button("Refund all 3")
    await olga.taps("Solved")
    await olga.does(lambda person: person.sends_photo("A new password is on its way"))
    olga.sees_last("✅ Closed. The customer is told.", "Claim about order #1: closed")
    await shop.works()
    alice.sees_last("✅ Your report on order #1 is closed.", "A new password is on its way")
    await alice.taps("Show the picture")
    assert alice.card.photo is not None
    boris.sees_last("✅ Settled: a customer reported a problem.", "Claim about order #1: closed")
    assert boris.card.find_button("Refund all 3") is None

    await boris.forges(refund)
    boris.sees_last("Nothing was done by this tap: the claim has moved on.")
    await boris.forges(SolveClaim(claim=1, sure=True).pack())
    boris.sees_last("the claim has moved on")
    assert not shop.trouble()


async def test_of_two_operators_on_one_button_the_first_wins(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await becomes(olga, BORIS, "support")
    await came(shop, alice)
    free = (await alice.wallet()).free
    await reports(shop, alice, "1")
    for human in (olga, boris):
        await human.taps("Refund 1 named")
    yes = boris.button("Yes: refund")
    await olga.taps("Yes: refund $0.12")
    await boris.forges(yes)
    boris.sees_last("Nothing was done by this tap", "settled", "Refunded: $0.12")
    await boris.forges(yes)
    assert (await alice.wallet()).free.micros == free.micros + 120_000
    assert await shop.proof() == ()
    assert not shop.trouble()
