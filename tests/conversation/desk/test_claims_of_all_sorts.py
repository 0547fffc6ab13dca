"""Who may decide about claims, what does not fit on the way to one, and goodwill without any."""

from __future__ import annotations

from bot.chat.claims.taps import (
    OpenClaim,
    OpenOwnClaim,
    RefundClaim,
    ResendGoods,
    SendClaim,
    Share,
    ShowClaimFile,
    ShowOwnFile,
    SolveClaim,
    WithdrawClaim,
)
from tests.conversation.desk.claiming import came, reports
from tests.conversation.desk.test_roles import becomes
from tests.conversation.human import BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


@on_sqlite
async def test_support_refunds_up_to_its_limit_and_viewers_and_cashiers_nothing(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await came(shop, alice)
    await reports(shop, alice)
    await becomes(olga, BORIS, "viewer")
    await boris.sends("/claims")
    await boris.taps("#1 · does not work")
    boris.sees_last("Claim about order #1: open")
    for words in ("Refund", "Answer", "Solved", "Replace"):
        assert boris.card.find_button(words) is None
    seen = RefundClaim(claim=1, share=Share.ALL, seen=0, sure=True).pack()
    await boris.forges(seen)
    assert "your role does not permit this" in boris.toast

    await becomes(olga, BORIS, "cashier")
    await boris.sends("/claims")
    boris.sees_last("your role does not permit this")
    for tap in (OpenClaim(claim=1), ShowClaimFile(claim=1), RefundClaim.unpack(seen)):
        await boris.forges(tap.pack())
        assert "your role does not permit this" in boris.toast

    await becomes(olga, BORIS, "support")
    await boris.sends("/claims")
    await boris.taps("#1 · does not work")
    await boris.taps("Refund all 3")
    yes = boris.button("Yes: refund")
    await olga.sends(f"/role {BORIS} none")
    await olga.taps("Yes, change the role")
    await shop.works()
    await boris.forges(yes)
    assert "out of date" in boris.toast
    await boris.sends("/claims")
    boris.sees_last("I did not understand that.")
    assert (await shop.details()).order.refunded.micros == 0
    assert not shop.trouble()


@on_sqlite
async def test_a_curious_customer_sees_and_does_nothing(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await came(shop, alice)
    await reports(shop, alice)
    before = alice.chat, olga.chat
    for tap in (
        OpenOwnClaim(claim=1), WithdrawClaim(claim=1, sure=True), ShowOwnFile(claim=1, letter=0),
        OpenClaim(claim=1), SolveClaim(claim=1, sure=True), ResendGoods(order=1, sure=True),
        RefundClaim(claim=1, share=Share.ALL, seen=0, sure=True), SendClaim(order=1),
        OpenOwnClaim(claim=77),
    ):  # fmt: skip
        await boris.forges(tap.pack())
        await shop.works()
    boris.sees_nothing_of("No login", "Alice", "Order #1", "order #1")
    assert (alice.chat, olga.chat) == before
    assert not shop.trouble()


@on_sqlite
async def test_a_report_can_be_taken_back_and_made_again(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await came(shop, alice)
    await reports(shop, alice)
    await alice.taps("Take it back")
    alice.sees_last("Then nobody will look into it.")
    await alice.taps("Yes, take it back")
    alice.sees_last("You took this report back.")
    await shop.works()
    olga.sees_last("withdrawn by the customer")
    await reports(shop, alice, "2", words="Again")
    olga.sees_last("⚠️ A customer reports a problem.", "piece 2", "Again")
    assert not shop.trouble()


@on_sqlite
async def test_numbers_can_be_typed_and_what_does_not_fit_is_explained(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await came(shop, alice, "12")
    await alice.sends("/orders")
    await alice.taps("#1 ·")
    await alice.taps("Problem")
    await alice.taps("I got less than I ordered")
    await alice.sends("thirteen")
    alice.sees_last("Only numbers from the list, please")
    await alice.sends("99")
    alice.sees_last("Only numbers from the list, please")
    await alice.sends("٢-٤, 12")
    alice.sees_last("pieces 2–4, 12", "Tell us in a few words")
    await alice.taps("Skip")
    await alice.taps("Send the report")
    await shop.works()
    olga.sees_last("less than ordered · pieces 2–4, 12")
    await olga.taps("Refund some")
    await olga.sends("9")
    olga.sees_last("It has to be a whole number from 1 to 4.")
    await olga.sends("3")
    olga.sees_last("pieces 2–4", "The claim stays open.")
    await olga.taps("−")
    olga.sees_last("pieces 2–3")
    await olga.taps("Yes: refund $0.24")
    olga.sees_last("Claim about order #1: open")
    assert olga.card.find_button("Refund 2 named") is not None
    assert not shop.trouble()


@on_sqlite
async def test_a_claim_of_an_order_under_way_is_taken_with_a_hint(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.buys_followers()
    await shop.works()
    await alice.taps("Problem")
    alice.sees_last("This order is still under way")
    await alice.taps("It did not arrive")
    await alice.does(lambda person: person.sends_photo())
    alice.sees_last("🖼 With a picture")
    await alice.taps("Send the report")
    await shop.works()
    olga.sees_last("not arrived", "still under way: its money is held")
    assert olga.card.find_button("Refund") is None
    await olga.taps("Show the picture")
    assert olga.card.photo is not None
    assert not shop.trouble()


@on_sqlite
async def test_money_goes_back_as_goodwill_for_a_reason_and_goods_are_sent_again(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await came(shop, alice)
    await olga.sends("/order 1")
    await olga.taps("Give money back")
    for wrong in ("1", "0", "-1", "NaN", "1e9", "0.001"):
        await olga.sends(wrong)
        olga.sees_last("It has to be an amount from $0.01 to $0.36.")
    await olga.sends("$0.10")
    await olga.sends("It took too long, sorry")
    olga.sees_last("$0.10 goes back", "It took too long, sorry")
    yes = olga.button("Yes: refund")
    await olga.taps("Yes: refund $0.10")
    olga.sees_last("✅ Done: $0.10 went back.")
    await olga.forges(yes)
    olga.sees_last("Nothing was done by this tap")
    await shop.works()
    alice.sees_last("💳 $0.10 is back in your balance.", "It took too long, sorry")

    await olga.sends("/order 1")
    await olga.taps("Send the goods again")
    sure = olga.button("Yes: send it again")
    await olga.taps("Yes: send it again")
    await olga.forges(sure)
    await shop.works()
    assert alice.times("acc0:pw") == 2
    assert [act for act in await shop.acts_audited() if act[2] == "order:1"] == [
        ("99", "refund", "order:1"), ("99", "resend", "order:1"),
    ]  # fmt: skip
    await olga.sends("/log")
    olga.sees_last("gave money back", "sent the goods again")
    assert (await alice.wallet()).free.micros == 9_740_000
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_form_outlives_a_restart_and_a_command_leaves_it(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await came(shop, alice)
    await alice.sends("/orders")
    await alice.taps("#1 ·")
    await alice.taps("Problem")
    await alice.taps("It is the wrong item")
    async with shop.restarted():
        await alice.taps("Continue")
        await alice.sends("Not what I wanted")
    await alice.sends("/wallet")
    await alice.taps("Send the report")
    assert alice.times("What is wrong with order #1?") == 1
    assert alice.times("Your report was sent") == 0
    assert not shop.trouble()
