"""`@bot words` in any chat: what is offered, and what becomes of what is chosen."""

from dataclasses import replace

from sqlalchemy import insert

from bot.catalog.errors import NotForSaleReason
from bot.catalog.tables import favourites
from tests.conversation.human import BORIS, Human, person
from tests.conversation.numbers.renting import PROJECTS, reads_numbers
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.sharing.offers import described, payload_of, titles, typed
from tests.conversation.shop import Shop

A_GROUP = -1001


async def marks(shop: Shop, human: Human, name: str) -> None:
    """A service becomes somebody's favourite."""
    services = shop.kiosk.shop.shelf.now.services()
    wanted = next(one.id for one in services if one.listed.name == name)
    await shop.kiosk.db.write(
        lambda tx: tx.execute(
            insert(favourites).values(customer=human.id, service=wanted, at=tx.now)
        )
    )


async def test_words_find_a_service_with_its_price_and_stock(shop: Shop, alice: Human) -> None:
    await alice.does(typed("fresh"))

    assert titles(alice) == ["Fresh account"]
    assert described(alice, "Fresh account") == "$3.00 · 4 in stock"
    assert alice.person.inline.is_personal
    assert alice.person.inline.cache_s <= 30
    assert not shop.trouble()


async def test_a_result_becomes_a_message_that_leads_into_the_shop(
    shop: Shop, alice: Human
) -> None:
    await alice.does(typed("fresh"))
    shop.telegram.group(A_GROUP)
    sent = alice.person.chooses("Fresh account", chat_id=A_GROUP)["message"]
    await shop.hears()

    assert sent["text"] == "Fresh account\nPrice: $3.00 each\nIn stock: 4"
    assert shop.telegram.chats[A_GROUP].bot_messages == ()

    boris = person(shop, BORIS, "Boris")
    await boris.does(lambda who: who.opens(payload_of(sent)))
    boris.sees_last("Fresh account", "Price: $3.00 each")


async def test_a_result_sent_into_the_bots_own_chat_is_not_taken_for_an_answer(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm("Aged account", "3")
    await alice.taps("Back")
    shown = alice.card.text
    await alice.does(typed("fresh"))
    await alice.does(lambda who: who.chooses("Fresh account"))

    assert alice.card.text == shown
    await alice.sends("4")
    alice.sees_last("Aged account × 4\n")


@on_sqlite
async def test_without_words_what_one_bought_comes_first_but_not_in_groups(
    shop: Shop, alice: Human
) -> None:
    await alice.does(typed(""))
    usual = titles(alice)
    assert "Fresh account" in usual[1:]
    await alice.buys("Fresh account", "1")
    await alice.does(typed(""))
    assert titles(alice)[0] == "Fresh account"
    assert sorted(titles(alice)) == sorted(usual)
    await marks(shop, alice, "Mailbox")
    await alice.does(typed(""))
    assert titles(alice)[:2] == ["Mailbox", "Fresh account"]

    shop.telegram.group(A_GROUP)
    await alice.does(typed("", chat_id=A_GROUP))
    assert titles(alice) == usual


@on_sqlite
async def test_results_come_in_pages_and_each_stands_once(shop: Shop, alice: Human) -> None:
    for nth in range(45):
        shop.accplanet.put(account(20_000 + nth, f"Thing {nth:02}", "1", category="Many"))
    await shop.refreshes()
    seen: list[str] = []
    await alice.does(typed("thing"))
    while True:
        seen += [result["id"] for result in alice.person.inline_results]
        offset = alice.person.inline.next_offset
        if not offset:
            break
        await alice.does(typed("thing", offset=offset))

    assert len(seen) == len(set(seen)) == 45
    for forged in ("-1", "x", "9" * 40, "٣"):
        await alice.does(typed("thing", offset=forged))
        assert titles(alice) == []
    assert not shop.trouble()


@on_sqlite
async def test_what_is_sold_out_or_paused_stands_last_and_says_so(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.services["10042"].stock = 0
    await shop.refreshes()
    await alice.does(typed("account"))

    assert titles(alice)[-1] == "Aged account"
    assert described(alice, "Aged account") == "$0.12 · ❌ sold out"
    await alice.does(lambda who: who.chooses("Aged account"))
    assert "Sold out at the moment" in list(alice.person.chat.messages.values())[-1].text


@on_sqlite
async def test_a_shop_with_nothing_on_sale_says_so_and_leads_in(shop: Shop, alice: Human) -> None:
    shelf = shop.kiosk.shop.shelf
    for service in tuple(shelf.now.services()):
        gone = replace(service, hidden=NotForSaleReason.GONE)
        shelf.now = shelf.now.with_service(gone)
    await alice.does(typed(""))

    assert titles(alice) == []
    button = alice.person.inline.button
    assert button is not None
    assert button["text"] == "Nothing is for sale right now"
    await alice.does(lambda who: who.opens(button["start_parameter"]))
    alice.sees_last("Welcome to")


@on_sqlite
async def test_nothing_found_leads_into_the_shop(shop: Shop, alice: Human) -> None:
    await alice.does(typed("zzqqxx"))

    assert titles(alice) == []
    assert alice.person.inline.button == {
        "text": "Nothing found. Open the shop",
        "start_parameter": "home",
    }


@on_sqlite
async def test_a_name_that_turns_lines_around_turns_nothing(shop: Shop, alice: Human) -> None:
    shop.accplanet.put(account(20_001, "Turn \u202eedoc\u202c me", "1", category="Odd"))
    shop.accplanet.put(account(20_002, "حساب انستقرام", "1", category="Odd"))
    await shop.refreshes()
    await alice.does(typed("turn"))
    assert titles(alice) == ["Turn edoc me"]
    await alice.does(typed("انستقرام"))
    assert "\u2068حساب انستقرام\u2069" in titles(alice)
    await alice.does(lambda who: who.chooses("\u2068حساب"))
    assert not shop.trouble()


@on_sqlite
async def test_a_service_may_go_or_get_dearer_between_the_list_and_the_tap(
    shop: Shop, alice: Human, boris: Human
) -> None:
    await alice.does(typed("account"))
    sent = alice.person.chooses("Fresh account")["message"]
    gone_one = alice.person.chooses("Aged account")["message"]
    shop.accplanet.services["10043"].rate *= 2
    del shop.accplanet.services["10042"]
    await shop.refreshes()

    await boris.does(lambda who: who.opens(payload_of(sent)))
    boris.sees_last("Fresh account", "Price: $6.00 each")
    await boris.does(lambda who: who.opens(payload_of(gone_one)))
    boris.sees_last("Aged account", "This item is no longer sold.")


@on_sqlite
async def test_categories_and_numbers_are_offered_as_well(shop: Shop, alice: Human) -> None:
    shop.hstockplus.projects = list(PROJECTS)
    await reads_numbers(shop)
    await alice.does(typed("whatsapp"))
    found = {result["id"][0]: result for result in alice.person.inline_results}
    assert found["n"]["description"] == "WhatsApp · from $0.24"
    sent = alice.person.chooses(found["n"]["id"])["message"]
    await alice.does(lambda who: who.opens(payload_of(sent)))
    alice.sees_last("WhatsApp", "Which country")

    await alice.does(typed("email accounts"))
    assert described(alice, "Email Accounts") == "1 item for sale"
    sent = alice.person.chooses("Email Accounts")["message"]
    await alice.does(lambda who: who.opens(payload_of(sent)))
    alice.sees_last("Email Accounts", "1 item for sale")
