"""SMS numbers switched off: their pages say so, and everything else is sold."""

from __future__ import annotations

from bot.money.ledger import Wallet
from tests.conversation.human import Human
from tests.conversation.numbers.renting import goes_to_confirm, labels_of
from tests.conversation.shop import Shop
from tests.stored_shop import usd


async def test_numbers_are_off_and_accounts_are_sold(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await goes_to_confirm(alice)
    await olga.sends("/switch off sms No numbers before Monday")
    olga.sees_last("⏸ SMS numbers: switched off by hand", "🟢 hstockplus: on sale")
    await alice.taps("Pay")
    alice.sees_last("Nothing was charged.", "⏸ No numbers before Monday")
    assert await alice.wallet() == Wallet(usd("10"), usd("0"))

    await alice.sends("/start")
    assert "No numbers" not in alice.card.text
    await alice.taps("SMS numbers")
    alice.sees_last("⏸ No numbers before Monday")
    assert "⏸ paused" in " ".join(labels_of(alice))
    await alice.taps("WhatsApp")
    alice.sees_last("⏸ No numbers before Monday")
    await alice.taps("United States")
    alice.sees_last("Nothing was charged.", "⏸ No numbers before Monday")
    await alice.buys_mailboxes("1")
    assert await alice.count_orders() == 1

    await olga.sends("/switch on sms")
    await goes_to_confirm(alice)
    alice.sees_last("Please check your order")
    assert not shop.trouble()
