"""What a Share button sends, and what a link opens when its goods are gone."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.base.ids import ServiceId
from bot.catalog.errors import NotForSaleReason
from bot.catalog.store import set_paused
from tests.conversation.human import Human
from tests.conversation.numbers.renting import PROJECTS, reads_numbers
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop

pytestmark = on_sqlite


def shared(human: Human) -> tuple[str, str]:
    """The link and the words behind the Share button of the card."""
    button = human.card.find_button("🔗")
    assert button is not None, human.card.labels
    assert button.url is not None
    parts = urlsplit(button.url)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "t.me", "/share/url")
    asked = parse_qs(parts.query, strict_parsing=True)
    return asked["url"][0], asked["text"][0]


async def opens_card(human: Human, shop: Shop, wanted: str) -> ServiceId:
    """The card of a service, by its link; the id that the link carries."""
    services = shop.kiosk.shop.shelf.now.services()
    listed = {one.id: (one.listed.name, one.listed.remote_id) for one in services}
    service = next(number for number, names in listed.items() if wanted in names)
    await human.does(lambda who: who.opens(f"s_{service}"))
    return service


async def test_a_shared_card_carries_its_name_and_price(shop: Shop, alice: Human) -> None:
    service = await opens_card(alice, shop, "Aged account")

    link, words = shared(alice)
    assert link == f"https://t.me/kiosk_demo_bot?start=s_{service}"
    assert words == "Aged account · $0.12"


async def test_it_is_in_the_sharers_language(shop: Shop, alice: Human) -> None:
    await alice.sends("/language")
    await alice.taps("Deutsch")
    await opens_card(alice, shop, "Aged account")

    assert shared(alice)[1] == "Aged account · 0,12\u00a0$"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("A & B = \"C\" + 'D' #1 %20?", "A & B = \"C\" + 'D' #1 %20?"),
        ("Семья 👨‍👩‍👧‍👦 🇺🇦", "Семья 👨‍👩‍👧‍👦 🇺🇦"),
        ("حساب انستقرام", "\u2068حساب انستقرام\u2069"),
        ("微信账号【老号】", "微信账号【老号】"),
        ("Turn \u202eedoc\u202c me", "Turn edoc me"),
        ("é" * 100, "é" * 63 + "…"),
        ("e\u0301" * 100, "e\u0301" * 31 + "…"),
        ("👨‍👩‍👧‍👦" * 20, "👨‍👩‍👧‍👦" * 5 + "…"),
        ("🇺🇦" * 40, "🇺🇦" * 15 + "…"),
    ],
)
async def test_any_name_comes_over_as_it_is_and_is_cut_between_whole_signs(
    shop: Shop, alice: Human, name: str, said: str
) -> None:
    shop.accplanet.put(account(20_001, name, "1", category="Odd"))
    await shop.refreshes()
    await opens_card(alice, shop, "20001")

    assert shared(alice)[1] == f"{said} · $1.20"
    assert not shop.trouble()


async def test_a_shared_category_says_what_it_is_and_opens_it(
    shop: Shop, alice: Human, boris: Human
) -> None:
    await alice.sends("/catalog")
    await alice.taps("Social")
    link, words = shared(alice)

    assert words == "Social › Instagram · 2 items for sale"
    await boris.does(lambda who: who.opens(link.rpartition("=")[2]))
    boris.sees_last("Social › Instagram")


async def test_a_link_of_something_gone_says_so_and_offers_its_neighbours(
    shop: Shop, alice: Human
) -> None:
    service = await opens_card(alice, shop, "Aged account")
    del shop.accplanet.services["10042"]
    await shop.refreshes()
    await alice.does(lambda who: who.opens(f"s_{service}"))

    alice.sees_last("Aged account", "This item is no longer sold.", "Perhaps one of these")
    await alice.taps("Fresh account")
    alice.sees_last("Fresh account", "Price:")


async def test_what_is_called_alike_comes_before_what_lies_beside(
    shop: Shop, alice: Human
) -> None:
    for number, name, category in (
        (20_001, "Netflix Premium", "Films"),
        (20_002, "Popcorn", "Films"),
        (20_003, "Netflix Premium 1 month", "Gifts"),
    ):
        shop.accplanet.put(account(number, name, "1", category=category))
    await shop.refreshes()
    service = await opens_card(alice, shop, "20001")
    del shop.accplanet.services["20001"]
    await shop.refreshes()
    await alice.does(lambda who: who.opens(f"s_{service}"))

    rows = [row[0].partition(" · ")[0] for row in alice.card.labels]
    assert rows[:2] == ["🎬 Netflix Premium 1 month", "Popcorn"]


async def test_what_is_hidden_for_a_while_is_not_called_gone(shop: Shop, alice: Human) -> None:
    service = await opens_card(alice, shop, "Aged account")
    shelf = shop.kiosk.shop.shelf
    known = shelf.now.find_service(service)
    assert known is not None
    hidden = replace(known, hidden=NotForSaleReason.NEGATIVE_MARGIN)
    shelf.now = shelf.now.with_service(hidden)
    await alice.does(lambda who: who.opens(f"s_{service}"))

    alice.sees_last("Aged account", "This item is not for sale right now.")
    assert alice.card.find_button("Fresh account")


async def test_with_nothing_beside_it_the_catalog_is_offered(shop: Shop, alice: Human) -> None:
    service = await opens_card(alice, shop, "Rare account")
    del shop.accplanet.services["507f1f77bcf86cd799439011"]
    await shop.refreshes()
    await alice.does(lambda who: who.opens(f"s_{service}"))

    alice.sees_last("Rare account", "This item is no longer sold.")
    await alice.taps("Catalog")
    alice.sees_last("Choose a category.")


async def test_a_link_to_a_category_that_never_was_offers_others(shop: Shop, alice: Human) -> None:
    for payload in ("c_999999", "c_0", "c_" + "9" * 18):
        await alice.sends(f"/start {payload}")
        alice.sees_last("What this link led to is no longer sold.")
        assert alice.card.find_button("Social")


async def test_a_link_of_a_category_that_emptied_says_so_and_leads_on(
    shop: Shop, alice: Human
) -> None:
    games = next(one for one in shop.kiosk.shop.shelf.now.categories() if one.name == "Games")
    del shop.accplanet.services["507f1f77bcf86cd799439011"]
    await shop.refreshes()
    await alice.does(lambda who: who.opens(f"c_{games.id}"))

    alice.sees_last("What this link led to is no longer sold.")
    await alice.taps("Social")
    alice.sees_last("Social")


@pytest.mark.parametrize(
    "payload",
    ["s_999999", "s_0", "s_" + "9" * 18],
)
async def test_a_link_to_nothing_that_ever_was_says_so(
    shop: Shop, alice: Human, payload: str
) -> None:
    await alice.does(lambda who: who.opens(payload))

    alice.sees_last("This item is no longer sold.")
    assert alice.card.find_button("Catalog")
    assert not shop.trouble()


@pytest.mark.parametrize(
    "payload",
    [
        "s_",
        "s_-1",
        "s_12x",
        "s_" + "9" * 40,
        "c_٣",
        "S_1",
        "x",
        "s_1 s_2",
        "s_1.5",
        "ref_alice",
        "_",
        "👨‍👩‍👧",
        "<b>",
        "\u202e",
    ],
)
async def test_a_damaged_link_says_so_and_leads_into_the_shop(
    shop: Shop, alice: Human, payload: str
) -> None:
    await alice.does(lambda who: who.opens(payload))

    alice.sees_last("This link does not open anything here.")
    await alice.taps("Home")
    alice.sees_last("Welcome to")
    assert not shop.trouble()


async def test_a_link_of_a_paused_service_shows_its_card_as_paused(
    shop: Shop, alice: Human, boris: Human
) -> None:
    service = await opens_card(alice, shop, "Aged account")
    await shop.kiosk.db.write(set_paused, service, paused=True)
    await shop.kiosk.shop.load_shelf()
    await boris.does(lambda who: who.opens(f"s_{service}"))

    boris.sees_last("Aged account", "Price: $0.12 each", "⏸ Paused")
    assert boris.card.find_button("Buy") is None
    assert shared(boris)[1] == "Aged account · $0.12"


async def test_numbers_for_a_service_are_shared_with_their_lowest_price(
    shop: Shop, alice: Human, boris: Human
) -> None:
    shop.hstockplus.projects = list(PROJECTS)
    await reads_numbers(shop)
    await alice.sends("/numbers")
    await alice.taps("WhatsApp")
    link, words = shared(alice)

    assert words == "WhatsApp · from $0.24"
    shop.hstockplus.projects = list(PROJECTS[:1])
    await reads_numbers(shop)
    await boris.does(lambda who: who.opens(link.rpartition("=")[2]))
    boris.sees_last("WhatsApp", "Which country")
    shop.hstockplus.projects = list(PROJECTS[3:])
    await reads_numbers(shop)
    await boris.does(lambda who: who.opens(link.rpartition("=")[2]))
    boris.sees_last("WhatsApp", "This item is no longer sold.")
    assert not shop.trouble()
