"""Whatever is typed while nothing is asked is looked for, and the way back is kept."""

from __future__ import annotations

from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop

LOST = "I did not understand that."


async def sells_many(shop: Shop, count: int = 12) -> None:
    for nth in range(count):
        shop.accplanet.put(account(20_000 + nth, f"Canva Pro {nth + 1:02} months", "1.00"))
    await shop.refreshes()


async def test_what_is_typed_is_found_and_a_card_leads_back_to_its_page(
    shop: Shop, alice: Human
) -> None:
    await sells_many(shop)
    await alice.sends("cnava pro")
    alice.sees_last("we found for “cnava pro”")
    assert sum("Canva" in one.text for one in alice.card.buttons) == 8

    await alice.taps("▶")
    await alice.taps("Canva Pro 09 months")
    alice.sees_last("Canva Pro 09 months", "Price: $1.20 each")
    await alice.taps("Back")

    alice.sees_last("we found for “cnava pro”")
    assert alice.card.find_button("2/2") is not None
    assert shop.trouble() == []


@on_sqlite
async def test_a_star_or_a_bell_on_the_card_keeps_the_way_back(shop: Shop, alice: Human) -> None:
    await sells_many(shop)
    await alice.sends("canva pro")
    await alice.taps("▶")
    await alice.taps("Canva Pro 09 months")
    await alice.taps("☆ Favorite")
    await alice.taps("★ Favorite")
    await alice.taps("Tell me if it gets cheaper")
    await alice.taps("Back")

    alice.sees_last("found for “canva pro”")
    assert alice.card.find_button("2/2") is not None
    assert shop.trouble() == []


@on_sqlite
async def test_a_category_that_was_found_leads_back_to_the_results(
    shop: Shop, alice: Human
) -> None:
    await alice.sends("instagram")
    await alice.taps("📁 Social › Instagram")
    await alice.taps("Name")
    alice.sees_last("Social › Instagram")
    await alice.taps("Back")
    alice.sees_last("found for “instagram”")
    assert shop.trouble() == []


@on_sqlite
async def test_it_is_also_a_command_and_a_button(shop: Shop, alice: Human) -> None:
    await alice.sends("/search aged")
    alice.sees_last("we found for “aged”")
    await alice.sends("/search")
    alice.sees_last("What are you looking for?")
    await alice.sends("rare")
    alice.sees_last("we found for “rare”")
    await alice.sends("/start")
    await alice.taps("🔍 Search")
    alice.sees_last("What are you looking for?")
    await alice.sends("fresh")
    await alice.taps("Fresh account")
    alice.sees_last("Fresh account", "Price: $3.00 each")
    assert shop.trouble() == []


@on_sqlite
async def test_brands_are_found_by_what_others_call_them(shop: Shop, alice: Human) -> None:
    for typed in ("инстаграм", "انستقرام", "인스타그램", "インスタ", "bycnfuhfv", "ig", "照片墙"):
        await alice.sends(typed)
        alice.sees_last("we found for")
        assert any("Instagram" in one.text for one in alice.card.buttons), typed


@on_sqlite
async def test_categories_are_marked_and_lead_into_the_catalog(shop: Shop, alice: Human) -> None:
    await alice.sends("instagram")
    await alice.taps("📁 Social › Instagram")
    alice.sees_last("Social › Instagram", "2 items for sale")


@on_sqlite
async def test_what_is_sold_out_comes_last_and_says_so(shop: Shop, alice: Human) -> None:
    await sells_many(shop, 3)
    shop.accplanet.put(account(20_000, "Canva Pro", "1.00", stock=0))
    await shop.refreshes()
    await alice.sends("canva pro")

    rows = [one.text for one in alice.card.buttons if "Canva" in one.text]
    assert [row.startswith("Canva Pro ·") for row in rows] == [False, False, True]
    assert "sold out" in rows[-1]


@on_sqlite
async def test_nothing_found_leads_on(shop: Shop, alice: Human) -> None:
    await alice.sends("zzzz qqqq")
    alice.sees_last("Nothing found for “zzzz qqqq”.", "Try another name")
    await alice.taps("Catalog")
    alice.sees_last("Choose a category.")

    await alice.sends("agde nothinglikethat whatsoever")
    alice.sees_last("Nothing found", "Did you mean one of these?")
    await alice.taps("Aged account")
    await alice.taps("Back")
    alice.sees_last("Nothing found")
    await alice.taps("Back")
    alice.sees_last("What are you looking for?")


@on_sqlite
async def test_an_unknown_command_is_never_looked_for(shop: Shop, alice: Human) -> None:
    for command in ("/aged", "/sms", "/searches aged"):
        await alice.sends(command)
        alice.sees_last(LOST, "/catalog", "/search")
    assert "found for" not in alice.chat


@on_sqlite
async def test_operators_read_what_they_can_send_where_nothing_is_found(
    shop: Shop, olga: Human
) -> None:
    await olga.sends("aged")
    olga.sees_last("we found for “aged”")
    await olga.sends("zzzz qqqq")
    olga.sees_last(LOST, "/desk")
    await olga.sends("/aged")
    olga.sees_last(LOST, "/desk")
    await olga.sends("/search zzzz qqqq")
    olga.sees_last("Nothing found for “zzzz qqqq”.")


@on_sqlite
async def test_whatever_is_typed_has_a_calm_answer(shop: Shop, alice: Human) -> None:
    before = len(alice.person.messages)
    for typed in (
        "instagram " * 400,
        "a" * 4000,
        "🔥👩‍👩‍👧‍👦🔥",
        "<b>aged</b> & {words} %s [x](tg://user?id=1)",
        "\u202eaged\u202c \u2067حساب\u2069 aged",
        "aged\x00 account",
        "\u200b\u2060",
        "﷽" * 100,
        "1" * 4000,
        "\u202e ١٢٣ \u2067",
    ):
        await alice.sends(typed)
        assert len(alice.person.messages) == before + 1, typed  # one card for all
        alice.sees_last("🔍 Search")
        assert alice.card.find_button("Home") is not None
    alice.sees_nothing_of("something went wrong")
    assert shop.trouble() == []


@on_sqlite
async def test_what_is_gone_between_the_list_and_the_tap_is_no_dead_end(
    shop: Shop, alice: Human
) -> None:
    await alice.sends("instagram")
    results = alice.card.message_id
    shop.accplanet.services.pop("10042")
    for row in shop.accplanet.services.values():
        row.subcategory = "Photos" if row.subcategory == "Instagram" else row.subcategory
    await shop.refreshes()

    await alice.taps("Aged account", results)
    alice.sees_last("This item is no longer sold.")
    assert alice.card.find_button("Catalog") is not None
    await alice.sends("instagram")
    alice.sees_last("we found for “instagram”")
    assert alice.card.find_button("Social › Instagram") is None
    assert shop.trouble() == []


@on_sqlite
async def test_a_name_that_changed_is_found_from_then_on(shop: Shop, alice: Human) -> None:
    await alice.sends("vintage")
    alice.sees_last("Nothing found")
    shop.accplanet.services["10042"].name = "Vintage account"
    await shop.refreshes()

    await alice.sends("vintage")
    assert alice.card.find_button("Vintage account") is not None


async def test_results_are_ones_own_and_too_old_ones_ask_again(
    shop: Shop, alice: Human, boris: Human
) -> None:
    await alice.sends("aged")
    tap = alice.button("Aged account").split(":")
    results = f"sr:{tap[2]}:0:0"
    await alice.forges(results)
    alice.sees_last("we found for “aged”")
    await boris.forges(results)
    boris.sees_last("too old", "What are you looking for?")
    for nth in range(20):
        await alice.sends(f"fresh {nth}")

    await alice.forges(results)
    alice.sees_last("too old", "What are you looking for?")
    rows = await shop.kiosk.db.read(
        lambda tx: tx.connection.exec_driver_sql("SELECT count(*) FROM searches").scalar_one()
    )
    assert rows == 20
    await alice.sends("rare")
    alice.sees_last("we found for “rare”")
    assert shop.trouble() == []
