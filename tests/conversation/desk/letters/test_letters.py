"""Operators and customers write to each other through the bot."""

from __future__ import annotations

from tests.conversation.desk.test_roles import becomes
from tests.conversation.human import ALICE, BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


@on_sqlite
async def test_an_operator_writes_and_the_customer_answers(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await becomes(olga, BORIS, "support")
    await olga.sends(f"/user {ALICE}")
    await olga.taps("✍️ Write")
    olga.sees_last("“Alice”", "Write what the customer reads.")
    await olga.sends("Your parcel is here")
    olga.sees_last("✅ Passed on to the customer.", "“Your parcel is here”")
    await shop.works()
    alice.sees_last("The shop writes: “Your parcel is here”")

    await alice.taps("✍️ Answer")
    await alice.sends("I come at five")
    alice.sees_last("✅ Thank you, your answer is with the shop.")
    await shop.works()
    for operator in (boris, olga):
        operator.sees_last("💬 The customer has answered.", "“Alice”", "“I come at five”")
    await boris.taps("💬 Answer")
    boris.sees_last("“Your parcel is here”", "“I come at five”")
    await boris.sends("Fine")
    await shop.works()
    alice.sees_last("The shop writes: “Fine”")
    assert not shop.trouble()


@on_sqlite
async def test_nobody_writes_who_may_not_and_nobody_answers_what_was_never_written(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await olga.sends(f"/user {ALICE}")
    write = olga.button("✍️ Write")
    await becomes(olga, BORIS, "viewer")
    await boris.forges(write)
    assert boris.toast.startswith("Nothing was done: your role does not permit this.")
    await alice.sends("/start")
    await alice.forges("uy:0")
    await alice.sends("hello?")
    alice.sees_last("Nothing was charged. We cannot find that")
    await shop.works()
    olga.sees_nothing_of("hello?")
    assert not shop.trouble()
