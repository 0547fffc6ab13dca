"""Countries of a number: each stands once with its flag, and a typed name narrows them."""

from bot.catalog.standing import pause
from bot.outbox.notices import SupplierCause
from bot.suppliers.words import Kind
from tests.conversation.human import Human, person
from tests.conversation.numbers.renting import goes_to_confirm, is_sound, labels_of, project
from tests.conversation.numbers.renting import reads_numbers as reads
from tests.conversation.opening import on_sqlite
from tests.conversation.rentals.counter import HSTOCK
from tests.conversation.shop import Shop

pytestmark = on_sqlite
MANY = (
    ("49", "Germany", "0.80"), ("de", "Germany", "0.95"), ("1", "USA (virtual)", "0.70"),
    ("us", "United States", "0.50"), ("187", "USA", "0.90"), ("44", "United Kingdom", "0.40"),
    ("225", "Cote d'Ivoire", "0.30"), ("0", "Any country", "0.10"), ("90", "Turkey", "0.60"),
    ("84", "VIET NAM", "0.20"), ("91", "India", "0.35"),
)  # fmt: skip


async def sells(shop: Shop) -> None:
    shop.hstockplus.projects[:] = [
        project("WhatsApp", country, title, price, number=str(20 + nth))
        for nth, (country, title, price) in enumerate(MANY)
    ]
    await reads(shop)


def offered(human: Human) -> list[str]:
    """The countries of the newest card with their prices."""
    buttons = [row[0] for row in human.card.keyboard if len(row) == 1]
    return [one.text for one in buttons if (one.callback_data or "").startswith("r:")]


async def test_each_country_stands_once_at_its_best_price(shop: Shop, alice: Human) -> None:
    await sells(shop)
    await goes_to_confirm(alice, "WhatsApp")
    assert offered(alice) == [
        "🌍 Any country · $0.12", "🇻🇳 VIET NAM · $0.24", "🇨🇮 Cote d'Ivoire · $0.36",
        "🇮🇳 India · $0.42", "🇬🇧 United Kingdom · $0.48", "🇺🇸 United States · $0.60",
        "🇹🇷 Turkey · $0.72", "🇺🇸 USA (virtual) · $0.84",
    ]  # fmt: skip
    await alice.taps("▶")
    assert offered(alice) == ["🇩🇪 Germany · $0.96"]
    await alice.taps("More offers · 2")
    alice.sees_last("More offers for the same countries:")
    assert offered(alice) == ["🇺🇸 USA · $1.08", "🇩🇪 Germany · $1.14"]
    await alice.taps("Name")
    assert offered(alice) == ["🇩🇪 Germany · $1.14", "🇺🇸 USA · $1.08"]
    await alice.taps("Germany")
    alice.sees_last("WhatsApp, 🇩🇪 Germany", "Total: $1.14")
    await is_sound(shop, alice)


async def test_every_number_shown_is_reached_by_tapping(shop: Shop, alice: Human) -> None:
    await sells(shop)
    found = set()
    for door in ((), ("More offers",)):
        await goes_to_confirm(alice, "WhatsApp", *door)
        while True:
            buttons = [row[0] for row in alice.card.keyboard if len(row) == 1]
            found |= {one.callback_data for one in buttons if "$" in one.text}
            if "▶" not in labels_of(alice):
                break
            await alice.taps("▶")
    known = shop.kiosk.shop.shelf.now.services()
    numbers = [one for one in known if one.kind is Kind.NUMBER and one.is_shown]
    assert len(found) == len(numbers) == len(MANY)


async def test_a_typed_name_narrows_the_list_in_any_language(shop: Shop, alice: Human) -> None:
    await sells(shop)
    await goes_to_confirm(alice, "WhatsApp")
    for typed, some in (
        ("germ", ["🇩🇪 Germany · $0.96"]),
        ("Германия", ["🇩🇪 Germany · $0.96"]),
        ("ألمانيا", ["🇩🇪 Germany · $0.96"]),
        ("côte", ["🇨🇮 Cote d'Ivoire · $0.36"]),
        ("土耳其", ["🇹🇷 Turkey · $0.72"]),
        ("🇻🇳", ["🇻🇳 VIET NAM · $0.24"]),
        ("virtual", ["🇺🇸 USA (virtual) · $0.84"]),
    ):
        await alice.sends(typed)
        alice.sees_last("we found for", typed)
        assert offered(alice) == some, typed
    await alice.sends("germany")
    await alice.taps("More offers · 1")
    assert offered(alice) == ["🇩🇪 Germany · $1.14"]
    await alice.sends("united")
    await alice.taps("Name")
    assert offered(alice) == ["🇬🇧 United Kingdom · $0.48", "🇺🇸 United States · $0.60"]
    await alice.taps("All countries")
    assert len(offered(alice)) == 8
    await is_sound(shop, alice)


async def test_what_names_no_country_says_so_and_the_step_stays_open(
    shop: Shop, alice: Human
) -> None:
    await sells(shop)
    await goes_to_confirm(alice, "WhatsApp")
    for typed in ("nowhere", "😀", "<b>de</b>", "\u202eabc", "x" * 4_000, "{words}"):
        await alice.sends(typed)
        alice.sees_last("Nothing found for")
        assert offered(alice) == []
    await alice.sends("india")
    await alice.taps("India")
    alice.sees_last("WhatsApp, 🇮🇳 India")
    await is_sound(shop, alice)


async def test_readers_see_countries_by_their_own_names(shop: Shop, alice: Human) -> None:
    await sells(shop)
    for language, first in (("ru", "🇻🇳 Вьетнам"), ("ar", "\u200f\u2068🇻🇳 فيتنام\u2069")):
        reader = person(shop, 700 + len(first), "Reader", language)
        await reader.sends("/numbers")
        await reader.taps("WhatsApp")
        assert any(label.startswith(first) for label in offered(reader))
        await reader.sends("germany")
        assert len(offered(reader)) == 1


async def test_a_paused_offer_is_no_cheapest_one(shop: Shop, alice: Human) -> None:
    await sells(shop)
    await shop.kiosk.db.write(pause, HSTOCK, SupplierCause.WALLET)
    await goes_to_confirm(alice, "WhatsApp")
    assert all("⏸ paused" in label for label in offered(alice))
    await is_sound(shop, alice)
