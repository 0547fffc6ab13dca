"""Sales switched off and on by hand: at once, kindly, and without breaking a promise."""

from __future__ import annotations

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers.timelines import completes
from sandbox.telegram.onlooker import CannotDo
from tests.conversation.human import BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.sharing.offers import described, typed
from tests.conversation.shop import Shop
from tests.stored_shop import usd

UNTOUCHED = Wallet(free=usd("10"), held=usd("0"))
WORDS = "We are moving. Back on Monday!"


async def test_a_shop_that_is_off_stops_an_open_card_kindly_and_says_why_everywhere(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.goes_to_confirm()
    await olga.sends(f"/switch off {WORDS}")
    olga.sees_last("✅ Switched off: The whole shop.", "The whole shop: switched off by hand")
    olga.sees_last(f"Customers read: ⏸ {WORDS}", "⏸ accplanet: off with the whole shop")

    await alice.taps("Pay")
    alice.sees_last("Nothing was charged.", f"⏸ {WORDS}")
    assert await alice.count_orders() == 0
    assert await alice.wallet() == UNTOUCHED

    await alice.sends("/start")
    alice.sees_last(f"⏸ {WORDS}", "Balance: $10.00")
    await alice.taps("Catalog")
    alice.sees_last(f"⏸ {WORDS}", "Choose a category.")
    await alice.finds_account("Aged account")
    alice.sees_last(f"⏸ {WORDS}", "$0.12")
    assert alice.card.find_button("Buy") is None
    assert alice.card.find_button("Tell me when it is back") is not None
    await alice.taps("Favorite")
    await alice.sends("/start")
    await alice.taps("Favorites")
    assert "⏸ paused" in str(alice.card.labels)
    await alice.sends("/search aged")
    assert "⏸ paused" in str(alice.card.labels)
    await alice.does(typed("aged"))
    assert "⏸ paused" in described(alice, "Aged account")
    await alice.sends("/wallet")
    await alice.taps("Top up")
    alice.sees_last("Pay Olga at the counter.")

    await olga.sends("/switch on")
    olga.sees_last("✅ Switched on: The whole shop.", "🟢 The whole shop: on sale")
    await alice.buys()
    await shop.passes(seconds=10)
    assert await shop.state() is State.COMPLETED
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_no_quote_is_made_while_the_shop_is_off(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.sends("/start")
    await alice.taps("Catalog")
    await alice.finds_account("Aged account")
    await alice.taps("Buy")
    await olga.sends("/switch off")
    await alice.sends("3")
    alice.sees_last("Nothing was charged.")
    alice.sees_nothing_of("Please check your order")
    assert await alice.wallet() == UNTOUCHED


@on_sqlite
async def test_an_order_that_was_confirmed_goes_on_while_its_supplier_is_off(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.plan(completes(30), ["ann:1", "ben:2", "cid:3"])
    await alice.buys()
    await olga.sends("/switch off accplanet")
    olga.sees_last("⏸ accplanet: switched off by hand", "🟢 hstockplus: on sale")
    await shop.works()
    await shop.leaps(3, minutes=1)
    assert await shop.state() is State.COMPLETED
    await alice.buys_mailboxes("1")
    await shop.works()
    assert await alice.count_orders() == 2
    with pytest.raises(CannotDo, match="no button 'Buy'"):
        await alice.goes_to_confirm()
    alice.sees_last("⏸ Paused, we expect it back soon")
    await olga.sends("/switch on ACCplanet")
    await alice.goes_to_confirm()
    alice.sees_last("Please check your order")
    assert await shop.proof() == ()


@on_sqlite
async def test_words_in_several_languages_reach_each_reader_in_theirs(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/switch off\nen: Back on Monday\nar: نعود يوم الاثنين\nall: See you")
    for language, words in (("English", "Back on Monday"), ("العربية", "نعود يوم الاثنين")):
        await alice.sends("/language")
        await alice.taps(language)
        alice.sees_last(f"⏸ {words}")
    await alice.sends("/language")
    await alice.taps("Deutsch")
    alice.sees_last("⏸ See you")
    await alice.sends("/language")
    await alice.taps("العربية")
    await alice.sends("/catalog")
    alice.sees_last("نعود يوم الاثنين")


@on_sqlite
async def test_words_keep_their_formatting_where_they_are_read(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.goes_to_confirm()
    begin = len("/switch off We are back on ")
    link = {"type": "text_link", "offset": begin, "length": 6, "url": "https://example.com"}
    olga.person.sends_formatted("/switch off We are back on Monday", link)
    await shop.hears()
    await alice.taps("Pay")
    alice.sees_last("Nothing was charged. ⏸ We are back on Monday")
    [shown] = [one for one in alice.card.entities if one["type"] == "text_link"]
    assert alice.card.text[shown["offset"] :].startswith("Monday")
    assert not shop.trouble()


@on_sqlite
async def test_buttons_do_the_same_in_two_taps_and_words_are_typed_after(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/desk")
    await olga.taps("Sales")
    await olga.taps("Switch off: accplanet")
    olga.sees_last("Switch off: accplanet?", "Orders that were placed go on")
    await olga.taps("⏸ Switch off")
    olga.sees_last("✅ Switched off: accplanet.")
    await olga.taps("Words")
    await olga.sends("   ")
    await olga.sends("x" * 301)
    olga.sees_last("Nothing was changed: this has 301 characters, and 300 fit there.")
    await olga.sends("xx: nothing")
    await olga.taps("Words")
    await olga.sends("Ready at noon")
    olga.sees_last("✅ Changed.", "Customers read: ⏸ Ready at noon")
    await alice.sends("/catalog")
    await alice.finds_account("Aged account")
    alice.sees_last("⏸ Ready at noon")
    await olga.taps("Words")
    await olga.taps("Shipped words")
    olga.sees_last("✅ Changed.", "Paused, we expect it back soon")
    await olga.taps("Switch on: accplanet")
    olga.sees_last("✅ Switched on: accplanet.")
    acts = [(action, subject) for _, action, subject in await shop.acts_audited()]
    assert acts.count(("switch off", "supplier:accplanet")) == 4
    assert acts.count(("switch on", "supplier:accplanet")) == 1
    await olga.sends("/log")
    olga.sees_last("switched sales on", "switched sales off")
    assert not shop.trouble()


@on_sqlite
async def test_a_misspelt_supplier_never_switches_the_whole_shop_off(
    shop: Shop, alice: Human, olga: Human
) -> None:
    for written in ("off acplanet", "off acplanet back soon", "on hstock", "off nonsense", "of"):
        await olga.sends(f"/switch {written}")
        olga.sees_last("Nothing was changed.", "/switch off [supplier|sms]")
    await olga.sends("/switch")
    olga.sees_last("🟢 The whole shop: on sale", "🟢 accplanet: on sale")
    await olga.sends("/switch off shop {shop} is closed")
    olga.sees_last("✅ Switched off: The whole shop.", "⏸ Kiosk is closed")


@on_sqlite
async def test_words_stay_when_it_is_switched_off_once_more_without_any(
    shop: Shop, olga: Human
) -> None:
    await olga.sends(f"/switch off {WORDS}")
    await olga.sends("/switch off")
    olga.sees_last(WORDS)
    await olga.sends("/switch off")
    await olga.sends("/switch on")
    await olga.sends("/switch on")
    acts = [action for _, action, _ in await shop.acts_audited()]
    assert acts == ["switch off", "switch on"]


@on_sqlite
async def test_only_who_may_pause_sales_switches(shop: Shop, boris: Human, olga: Human) -> None:
    await olga.sends(f"/role {BORIS} support")
    await olga.taps("Yes, change the role")
    await boris.sends("/switch off")
    boris.sees_last("your role does not permit this")
    await boris.sends("/desk")
    assert boris.card.find_button("Sales") is None
    await olga.sends("/switch")
    olga.sees_last("🟢 The whole shop: on sale")
