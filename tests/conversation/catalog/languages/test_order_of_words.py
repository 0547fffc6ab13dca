"""Sorted and told in the reader's words; operators read English."""

from datetime import timedelta

from bot.i18n.language import LANGUAGES
from sandbox.suppliers.timelines import completes
from tests.conversation.catalog.languages.readers import (
    A_LOOK,
    LAYLA,
    MEI,
    WORDS,
    comes,
    goes_to,
    opens,
    shown,
)
from tests.conversation.crawling import (
    DESCRIPTION,
    UGLY,
    assert_everything_was_accepted,
    begin_high,
    crawls,
)
from tests.conversation.human import OLGA, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop


@on_sqlite
async def test_names_are_in_the_order_of_the_readers_words_and_categories_in_the_suppliers(
    shop: Shop, olga: Human
) -> None:
    letters = {"Alpha": "я", "Beta": "б", "Gamma": "а", "Delta": "в"}
    for nth, (name, letter) in enumerate(letters.items()):
        more = {"category": "Kinds", "subcategory": "", "stock": 0 if name == "Gamma" else 5}
        row = shop.accplanet.put(account(20_000 + nth, name, "1", **more))
        row.translations["ru"] = {"name": f"{letter} {name}", "category": "Виды"}
    for nth in range(8):
        more = {"category": "Kinds", "subcategory": ""}
        shop.accplanet.put(account(21_000 + nth, f"Plain {nth}", "1", **more))
    shop.accplanet.services["507f1f77bcf86cd799439011"].translations["ru"] = {"category": "Игры"}
    await shop.refreshes()
    reader = await comes(shop, MEI, "ru")
    await shop.comes_to(A_LOOK)

    await reader.sends("/catalog")
    first = [one.split(" (")[0] for one in shown(reader, "k:")]
    assert first == ["Social", "Игры", "Instagram", "Email Accounts", "Виды"]
    await reader.taps("Виды")
    by_name = next(
        one for row in reader.card.keyboard for one in row if ":n" in str(one.callback_data)
    )
    await reader.forges(str(by_name.callback_data))
    names = [one.split(" · ")[0] for one in shown(reader, "s:")]
    assert names == [f"Plain {nth}" for nth in range(8)]
    await reader.taps("▶")
    names = [one.split(" · ")[0] for one in shown(reader, "s:")]
    assert names == ["б Beta", "в Delta", "я Alpha", "а Gamma"], "the sold-out one comes last"


@on_sqlite
async def test_operators_read_english_whatever_they_and_their_customers_speak(
    shop: Shop, layla: Human
) -> None:
    shop.telegram.people[OLGA].language_code = "ar"
    olga = person(shop, OLGA, "Olga", "ar")
    shop.clock.turn(timedelta(minutes=2))
    await olga.sends("/catalog")
    assert any(one.startswith(WORDS["ar"]["category"]) for one in shown(olga, "k:"))
    await goes_to(layla, "category", "name")
    await opens(layla, "q:")
    await layla.sends("2")
    await opens(layla, "y:")
    await shop.works()
    for command in ("/order 1", "/orders", f"/user {LAYLA}"):
        await olga.sends(command)
        said = olga.card.text + str(olga.card.labels)
        assert "Aged account" in said or command.startswith("/user"), said
        assert WORDS["ar"]["name"] not in said


@on_sqlite
async def test_credit_that_arrives_offers_the_purchase_in_the_readers_words(
    shop: Shop, olga: Human, layla: Human
) -> None:
    await goes_to(layla, "category", "name")
    await opens(layla, "q:")
    await layla.sends("99")
    layla.sees_last(WORDS["ar"]["name"])
    await olga.sends(f"/topup {LAYLA} 10")
    await shop.works()
    assert WORDS["ar"]["name"] in layla.card.keyboard[0][0].text


@on_sqlite
async def test_the_ugliest_translations_break_nothing(shop: Shop, olga: Human) -> None:
    await shop.kiosk.db.write(begin_high)
    for nth, ugly in enumerate(UGLY):
        row = shop.accplanet.put(account(70_000 + nth, f"Plain {nth}", "0.01"))
        other = UGLY[-nth - 1]
        row.translations["ar"] = {
            "name": ugly,
            "description": DESCRIPTION,
            "category": other,
            "subcategory": ugly,
        }
    await shop.refreshes()
    layla = await comes(shop, LAYLA, "ar")
    await olga.sends(f"/topup {LAYLA} 1000")
    await shop.comes_to(A_LOOK)
    shop.accplanet.default_timeline = completes(0)

    others = frozenset(f"m:{code}" for code in LANGUAGES)
    taps = await crawls(layla, "/catalog", "/orders", but=others)

    assert taps > 40
    told = [str(call.params) for call in shop.telegram.calls if call.chat_id == LAYLA]
    for ugly in ("A" * 100, "👩", "{name}", "bold both x"):
        assert any(ugly in one for one in told), ugly
    assert_everything_was_accepted(shop)
