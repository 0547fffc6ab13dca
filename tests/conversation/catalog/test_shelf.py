"""Walking along the shelf: pages, sorts, counts, cards, and ten thousand services."""

from decimal import Decimal

from sandbox.suppliers.catalogue import big_catalogue
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop

pytestmark = on_sqlite


def shown(alice: Human) -> list[str]:
    """The buttons that open something: all but the footer, the pager and the sorts."""
    signs = ("⏮", "◀", "▶", "⏭", "🏠", "🔗", "✓ ", "Price", "Name", "Stock")
    labels = [label for row in alice.card.labels for label in row]
    return [label for label in labels if not label.startswith(signs) and "/" not in label[:4]]


async def puts(shop: Shop, *names: str, **more: object) -> None:
    for nth, name in enumerate(names):
        rate = str(Decimal(nth + 1) / 2)
        shop.accplanet.put(account(20_000 + nth, name, rate, **{"subcategory": "", **more}))
    await shop.refreshes()


async def test_categories_show_how_many_services_are_on_sale(shop: Shop, alice: Human) -> None:
    shop.accplanet.services["10043"].stock = 0
    await shop.refreshes()
    await alice.sends("/catalog")
    assert shown(alice) == [
        "👥 Social (1)",
        "🎮 Games (1)",
        "📸 Instagram (1)",
        "📧 Email Accounts (1)",
    ]
    await alice.taps("Social")
    alice.sees_last("Social › Instagram", "1 item for sale")
    assert [label.split(" · ")[0] for label in shown(alice)] == ["Aged account", "Fresh account"]


async def test_nine_categories_and_more_come_in_pages(shop: Shop, alice: Human) -> None:
    for nth in range(16):
        shop.accplanet.put(account(30_000 + nth, "One", "1", category=f"Kind {nth:02}"))
    await shop.refreshes()
    await alice.sends("/catalog")
    assert len(shown(alice)) == 8
    assert alice.card.labels[-2] == ("1/3", "▶", "⏭")
    await alice.taps("▶")
    assert alice.card.labels[-2] == ("◀", "2/3", "▶")
    assert len(shown(alice)) == 8
    await alice.taps("▶")
    assert alice.card.labels[-2] == ("⏮", "◀", "3/3")
    assert len(shown(alice)) == 4
    await alice.taps("3/3")
    await alice.taps("⏮")
    assert alice.card.labels[-2] == ("1/3", "▶", "⏭")
    assert alice.person.unanswered == ()
    assert not shop.trouble()


async def test_a_category_of_many_is_paged_and_back_returns_to_its_page(
    shop: Shop, alice: Human
) -> None:
    await puts(shop, *(f"Thing {nth:02}" for nth in range(20)), category="Many")
    await alice.sends("/catalog")
    await alice.taps("Many (20)")
    assert shown(alice)[0] == "Thing 00 · $0.60 · 100 in stock"
    await alice.taps("▶")
    await alice.taps("Thing 09")
    await alice.taps("Back")
    assert "2/3" in alice.card.labels[-2]
    assert shown(alice)[1].startswith("Thing 09")


async def test_services_are_sorted_as_one_likes_and_sold_out_ones_come_last(
    shop: Shop, alice: Human
) -> None:
    await puts(shop, "Cherry", "almond", "Banana", "Date", category="Fruit")
    fruit = {name: shop.accplanet.services[str(20_000 + nth)] for nth, name in enumerate("cabd")}
    fruit["c"].stock, fruit["a"].stock, fruit["b"].stock, fruit["d"].stock = 0, 5, 50, 500
    await shop.refreshes()
    await alice.sends("/catalog")
    await alice.taps("Fruit (3)")

    orders = {}
    for sort in ("Name", "Stock", "Price"):
        await alice.taps(sort)
        assert f"✓ {sort}" in alice.card.labels[0]
        orders[sort] = [label.split(" · ")[0] for label in shown(alice)]
        assert shown(alice)[-1] == "Cherry · $0.60 · ❌ sold out"
    assert orders == {
        "Price": ["almond", "Banana", "Date", "Cherry"],
        "Name": ["almond", "Banana", "Date", "Cherry"],
        "Stock": ["Date", "Banana", "almond", "Cherry"],
    }


async def test_a_sort_is_kept_from_page_to_page(shop: Shop, alice: Human) -> None:
    names = [f"Thing {nth:02}" for nth in reversed(range(12))]
    await puts(shop, *names, category="Many")
    await alice.sends("/catalog")
    await alice.taps("Many (12)")
    await alice.taps("Name")
    await alice.taps("▶")
    assert shown(alice)[0].startswith("Thing 08")
    assert "✓ Name" in alice.card.labels[0]


async def test_a_sold_out_service_can_be_looked_at_and_not_bought(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm("Fresh account", "1")
    await alice.taps("Cancel")
    buy = alice.button("Buy")
    shop.accplanet.services["10043"].stock = 0
    await shop.refreshes()
    await alice.forges(buy)
    alice.sees_last("Nothing was charged. This has just sold out")

    await alice.taps("Catalog")
    await alice.taps("Social")
    await alice.taps("Fresh account")
    alice.sees_last("Sold out at the moment")
    assert alice.card.find_button("Buy") is None


async def test_a_card_shows_the_description_as_it_was_meant(shop: Shop, alice: Human) -> None:
    await alice.sends("/catalog")
    await alice.taps("Social")
    await alice.taps("Aged account")
    alice.sees_last(
        "Aged account\nSocial › Instagram\n\nTwo years old.\nWarm.\n\nPrice: $0.12 each",
        "Quantity per order: 1 to 100",
        "In stock: 100",
        "⚡ Instant delivery",
        "Checked 1 second ago",
    )
    words = alice.card.text.index("Two years")
    assert any(
        entity["type"] == "bold"
        and entity["offset"] == words
        and entity["length"] == len("Two years")
        for entity in alice.card.entities
    )


async def test_a_long_description_goes_on_on_a_second_page(shop: Shop, alice: Human) -> None:
    text = "".join(f"<p>Rule <b>{nth}</b> of the house.</p>" for nth in range(150))
    shop.accplanet.services["10042"].description = text + "<script>alert(1)</script>"
    await shop.refreshes()
    await alice.goes_to_confirm()
    await alice.taps("Cancel")
    await alice.taps("More")
    alice.sees_last("Aged account", "Rule 60 of the house.")
    alice.sees_nothing_of("<p>", "alert(1)")
    assert any("2/2" in row for row in alice.card.labels)
    assert alice.card.find_button("Buy")
    assert not shop.trouble()


async def test_the_age_of_what_is_shown_is_told_when_a_supplier_is_down(
    shop: Shop, alice: Human
) -> None:
    await shop.sites["accplanet"].go_down()
    await shop.leaps(3, hours=1)
    await alice.sends("/catalog")
    await alice.taps("Social")
    await alice.taps("Aged account")
    alice.sees_last("Aged account", "Checked 3 hours ago")


async def test_cards_of_a_service_that_went_away_say_so(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    await alice.taps("Cancel")
    del shop.accplanet.services["10042"]
    await shop.refreshes()
    await alice.taps("Buy")
    alice.sees_last("Nothing was charged. This is no longer sold")
    await alice.taps("Catalog")
    alice.sees_last("Choose a category.")


async def test_an_empty_shelf_says_so(shop: Shop, alice: Human) -> None:
    for service in (*shop.accplanet.services.values(), *shop.hstockplus.services.values()):
        service.stock = 0
    await shop.refreshes()
    await alice.sends("/catalog")
    assert shown(alice) == [
        "👥 Social (❌ sold out)",
        "🎮 Games (❌ sold out)",
        "📸 Instagram (❌ sold out)",
        "📧 Email Accounts (❌ sold out)",
    ]
    await alice.taps("Games")
    alice.sees_last("Everything here is sold out.")


async def test_ten_thousand_services_are_walked_like_ten(shop: Shop, alice: Human) -> None:
    for service in big_catalogue(10_000):
        service.category = (
            "A depot" if int(service.name.rpartition(" ")[2]) % 3 else service.category
        )
        service.subcategory = ""
        shop.accplanet.put(service)
    await shop.refreshes()
    await alice.sends("/catalog")
    await alice.taps("A depot")
    for label in ("⏭", "Name", "▶", "Stock", "⏭", "⏮"):
        await alice.taps(label)
        assert len(shown(alice)) >= 1
    await alice.taps(shown(alice)[3])
    await alice.taps("Buy")
    alice.sees_last("How many?")
    assert alice.person.unanswered == ()
    assert not shop.trouble()
