"""What an operator hides is gone for customers, and comes back by their hand alone."""

import pytest

from tests.conversation.human import ALICE, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop


async def hides(olga: Human, what: str) -> None:
    await olga.sends(f"/hide {what}")
    await olga.taps("🙈 Hide")


async def test_a_hidden_service_is_gone_everywhere_and_its_confirm_is_stopped(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/topup 11 5")
    await alice.goes_to_confirm("Aged account", "3")
    await olga.sends("/hide #1")
    olga.sees_last("Hide: #1 Aged account", "1 service would be hidden:", "• #1 Aged account")
    assert not [one for one in await shop.acts_audited() if one[1] == "hide"]
    await olga.taps("🙈 Hide 1")
    olga.sees_last("✅ Changed.", "Hidden by hand", "🙈 #1 Aged account: 1")

    before = (await alice.wallet()).free
    await alice.taps("Pay")
    alice.sees_last("Nothing was charged. This is no longer sold")
    assert (await alice.wallet()).free == before
    assert await alice.count_orders() == 0
    await alice.sends("/search Aged")
    assert not [one for row in alice.card.labels for one in row if "Aged account" in one]
    await alice.sends("/start s_1")
    alice.sees_last("Aged account", "This item is no longer sold.")
    await olga.sends("/suppliers")
    olga.sees_last("1: hidden by hand")

    await olga.sends("/hide")
    await olga.taps("👁 Show again: #1")
    olga.sees_last("Show #1 Aged account again? It is about 1 service.")
    again = olga.button("Show again")
    await olga.taps("👁 Show again")
    olga.sees_last("✅ Changed.", "Nothing is hidden by hand.")
    await olga.forges(again)
    olga.sees_last("That was undone already.")
    await alice.sends("/start s_1")
    alice.sees_last("Aged account", "Two years")
    await olga.sends("/log")
    olga.sees_last("hid a part of the shelf", "no rule → hidden")
    assert not shop.trouble()


async def test_what_matches_a_pattern_later_is_hidden_too(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/hide  *ACCOUNT")
    olga.sees_last("Hide: *ACCOUNT", "3 services would be hidden:", "#1 Aged account")
    olga.sees_last("This is everything that accplanet sells here.")
    await olga.taps("🙈 Hide 3")
    olga.sees_last("Really hide 3 services?")
    await olga.taps("🙈 Hide all of it")
    olga.sees_last("✅ Changed.", "🙈 *ACCOUNT: 3")
    shop.accplanet.put(account(50_001, "Another  account", "1"))
    shop.accplanet.put(account(50_002, "Mail key", "1"))
    await shop.refreshes()
    await alice.sends("/search another")
    alice.sees_nothing_of("Another account")
    await alice.sends("/search mail key")
    assert any("Mail key" in one for row in alice.card.labels for one in row)

    await olga.sends("/show #2")
    olga.sees_last("Show again: #2", "1 service would be back:")
    await olga.taps("👁 Show 1")
    olga.sees_last("✅ Changed.", "👁 #2 Fresh account: 1, shown all the same")
    await alice.sends("/start s_2")
    alice.sees_last("Fresh account", "In stock")


@on_sqlite
async def test_everything_is_asked_back_in_plain_words(
    shop: Shop, alice: Human, olga: Human
) -> None:
    for what in ("*", "shop", "“Shop”", "**"):
        await olga.sends(f"/hide {what}")
        olga.sees_last("This is everything the shop sells", "use /switch off")
    await olga.taps("🙈 Hide")
    olga.sees_last("This is everything the shop sells", "Really hide")
    await olga.taps("Back")
    olga.sees_last("Hide: **")
    assert not [one for one in await shop.acts_audited() if one[1] == "hide"]
    await olga.taps("🙈 Hide")
    await olga.taps("🙈 Hide all of it")
    await alice.sends("/catalog")
    assert not any("(" in one for row in alice.card.labels for one in row)


@on_sqlite
async def test_a_supplier_a_category_and_what_is_typed(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/desk")
    await olga.taps("🙈 Hidden by hand")
    olga.sees_last("Nothing is hidden by hand.")
    await olga.taps("🙈 Hide…")
    await olga.sends("Sociall")
    olga.sees_last("Nothing is called that. Do you mean one of these categories?")
    await olga.taps("Social")
    olga.sees_last("Hide: Social", "2 services would be hidden:")
    await olga.taps("🙈 Hide 2")
    olga.sees_last("✅ Changed.", "🙈 Social: 2")
    await alice.sends("/catalog")
    assert not any("Social" in one for row in alice.card.labels for one in row)
    await olga.sends("/hide accplanet")
    olga.sees_last("1 service would be hidden:", "2 are hidden already.")
    await olga.sends("/show accplanet")
    olga.sees_last("2 services stay hidden by closer rules of their own.")
    await olga.sends("/hide #4711")
    olga.sees_last("Nothing is called that, and there is no such service.")
    await olga.sends("/hide *zzz*")
    olga.sees_last("Nothing that is listed now would be hidden.")
    old = olga.button("🙈 Hide")
    await olga.sends("/desk")
    await olga.forges(old)
    olga.sees_last("That preview is no longer the newest.")


@on_sqlite
async def test_only_an_owner_hides(shop: Shop, alice: Human, olga: Human) -> None:
    await olga.sends("/hide #1")
    tap = olga.button("🙈 Hide 1")
    await olga.sends(f"/role {ALICE} support")
    await olga.taps("Yes, change the role")
    for words in ("/hide #1", "/show #1"):
        await alice.sends(words)
        alice.sees_last("does not permit")
    await alice.forges(tap)
    assert not [one for one in await shop.acts_audited() if one[1] == "hide"]


@pytest.mark.parametrize("pattern", ["*" * 110, "*a" * 55, "(a+)+$*", "[*", "\\*", "*\U0001f600*"])
@on_sqlite
async def test_no_pattern_breaks_or_holds_up_anything(
    shop: Shop, olga: Human, pattern: str
) -> None:
    await olga.sends(f"/hide {pattern}")
    olga.sees_last("Hide: ")
    assert not shop.trouble()
