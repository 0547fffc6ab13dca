"""Olga ties services, puts one first, unties them, and reads why some cannot be tied."""

from typing import Any

import pytest

from bot.base.ids import CustomerId
from tests.conversation.human import OLGA, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop
from tests.conversation.standins.tying import OTHER, is_tied, lists, other, service_of, ties

pytestmark = on_sqlite


async def test_a_tie_shows_what_both_cost_and_how_they_stand(shop: Shop, olga: Human) -> None:
    await is_tied(shop, olga, stock=7, max=50)

    mine, theirs = service_of(shop), service_of(shop, OTHER)
    olga.sees_last(
        f"1. #{mine} · Aged account",
        "accplanet · 1 to 100 at once",
        "Price: $0.12 each · Cost: $0.10",
        f"2. #{theirs} · Old mail account",
        "hstockplus · 1 to 50 at once",
        "In stock: 7",
        "Only orders of 1 to 50 can be bought from each of them.",
    )
    assert await shop.acts_audited() == [(str(OLGA), "tie", f"service:{mine}")]
    await olga.sends("/log")
    olga.sees_last("let services stand in for each other")


async def test_from_the_desk_by_buttons_and_typed_numbers(shop: Shop, olga: Human) -> None:
    await lists(shop, other())
    await olga.sends("/desk")
    await olga.taps("Suppliers")
    await olga.taps("Stand-ins")
    olga.sees_last("No services are tied yet.")
    await olga.taps("Tie services")
    await olga.sends("my best account")
    olga.sees_last("Only the numbers of services, please.")
    await olga.sends("999 998")
    olga.sees_last("Nothing was changed. There is no service #999.")
    await olga.sends(f"{service_of(shop)}, #{service_of(shop, OTHER)}")
    olga.sees_last("✅ Tied.")
    await olga.taps("First: ")
    olga.sees_last("✅ Changed.", f"1. #{service_of(shop, OTHER)}")
    await olga.taps("Back")
    olga.sees_last("Stand-ins")
    await olga.taps(f"#{service_of(shop, OTHER)} → ")
    await olga.taps(f"✖ Untie #{service_of(shop)}")
    olga.sees_last("Take #")
    await olga.taps("✖ Untie")
    olga.sees_last("✅ Untied.", "No services are tied yet.")


CANNOT = {
    "another kind": ("Followers", "are not of the same kind"),
    "the same supplier": ("Fresh account", "come from the same source"),
}


@pytest.mark.parametrize(("name", "said"), CANNOT.values(), ids=CANNOT)
async def test_what_is_no_equal_is_not_tied(shop: Shop, olga: Human, name: str, said: str) -> None:
    await olga.sends(f"/tie #{service_of(shop)} #{service_of(shop, name)}")

    olga.sees_last("Nothing was changed.", said)
    assert await shop.acts_audited() == []


UNLIKE = {
    "no quantity in common": ({"min": 500, "max": 900}, "have no quantity in common"),
}


@pytest.mark.parametrize(("more", "said"), UNLIKE.values(), ids=UNLIKE)
async def test_what_comes_otherwise_is_not_tied(
    shop: Shop, olga: Human, more: dict[str, Any], said: str
) -> None:
    await lists(shop, other(**more))
    await olga.sends(f"/tie #{service_of(shop)} #{service_of(shop, OTHER)}")

    olga.sees_last("Nothing was changed.", said)


@pytest.mark.parametrize("words", ["#x", "12 and 13", "#12 #", "1.5 2"])
async def test_what_cannot_be_read_shows_how_it_is_written(
    shop: Shop, olga: Human, words: str
) -> None:
    await olga.sends(f"/tie {words}")

    olga.sees_last("Write it like this:", "/tie #12 #345")


async def test_one_service_twice_is_asked_back(shop: Shop, olga: Human) -> None:
    await olga.sends(f"/tie #{service_of(shop)} #{service_of(shop)}")

    olga.sees_last("Which service stands in for")


async def test_a_dear_stand_in_is_tied_and_olga_reads_that_it_is_not_used(
    shop: Shop, olga: Human
) -> None:
    await is_tied(shop, olga, "0.12")

    olga.sees_last("the cost is not below the price of")


async def test_one_that_is_sold_for_more_takes_over_only_what_is_refused(
    shop: Shop, olga: Human
) -> None:
    await is_tied(shop, olga, "0.11")

    olga.sees_last("sold for more than #", "It takes over orders that are refused")
    await olga.sends(f"/tie #{service_of(shop)} #999")
    await olga.sends(f"#{service_of(shop)} #{service_of(shop, OTHER)}")
    olga.sees_last("✅ Tied.")


async def test_tying_twice_changes_nothing_and_a_viewer_may_only_look(
    shop: Shop, olga: Human, alice: Human
) -> None:
    await is_tied(shop, olga)
    await ties(shop, olga)
    acts = [act for _, act, _ in await shop.acts_audited()]
    assert acts.count("tie") == 1
    await olga.sends(f"/role {CustomerId(alice.id)} viewer")
    await olga.taps("Yes")

    await alice.sends("/tie")
    alice.sees_last("Stand-ins")
    await alice.sends(f"/tie #{service_of(shop)} #{service_of(shop, OTHER)} #1")

    alice.sees_last("your role does not permit this")


async def test_a_customer_finds_no_such_command(shop: Shop, alice: Human) -> None:
    await alice.sends("/tie #1 #2")

    alice.sees_nothing_of("Stand-ins", "tied")


async def test_a_third_from_a_supplier_that_has_one_in_it_is_refused(
    shop: Shop, olga: Human
) -> None:
    await is_tied(shop, olga)
    shop.hstockplus.put(account(91, "Third", "0.08", category="Email Accounts", subcategory=""))
    await shop.refreshes()

    await olga.sends(f"/tie #{service_of(shop)} #{service_of(shop, 'Third')}")

    olga.sees_last("Nothing was changed.", "come from the same source")
