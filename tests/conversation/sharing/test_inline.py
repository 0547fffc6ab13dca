"""`@bot words` in any chat: what is offered, to whom, in which language, and at what cost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.catalog.errors import NotForSaleReason
from bot.people.tables import customers
from sandbox.telegram import Person, Refuse
from tests.conversation.human import BORIS, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop

STRANGER = 71
A_GROUP = -1001


def titles(human: Human) -> list[str]:
    return [result["title"] for result in human.person.inline_results]


def described(human: Human, title: str) -> str:
    [found] = [one for one in human.person.inline_results if one["title"] == title]
    return str(found["description"])


def typed(words: str, offset: str = "", chat_id: int | None = None) -> Callable[[Person], object]:
    return lambda who: who.types_inline(words, offset=offset, chat_id=chat_id)


def payload_of(sent: dict[str, Any]) -> str:
    """What the button under a message leads to."""
    [[button]] = sent["reply_markup"]["inline_keyboard"]
    assert button["text"] == "Open in the shop"
    return str(button["url"]).removeprefix("https://t.me/kiosk_demo_bot?start=")


async def count_customers(shop: Shop) -> int:
    query = select(func.count()).select_from(customers)
    return int(await shop.kiosk.db.read(lambda tx: tx.execute(query).scalar_one()))


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
    alice.sees_last("Aged account", "Quantity: 4")


async def test_the_reader_has_the_language_they_chose_else_that_of_their_telegram(
    shop: Shop, alice: Human
) -> None:
    strange = person(shop, STRANGER, "Иван", "ru")
    await strange.does(typed("fresh"))
    russian = strange.person.inline_results[0]["description"]
    await alice.does(typed("fresh"))
    english = alice.person.inline_results[0]["description"]
    await alice.sends("/language")
    await alice.taps("Русский")
    await alice.does(typed("fresh"))

    assert russian != english
    assert alice.person.inline_results[0]["description"] == russian


async def test_whoever_only_types_is_not_written_down(shop: Shop, alice: Human) -> None:
    before = await count_customers(shop)
    for user_id in range(500, 530):
        stranger = person(shop, user_id, f"Stranger {user_id}")
        await stranger.does(typed("aged"))
        assert titles(stranger) == ["Aged account"]
        assert not stranger.person.messages

    assert await count_customers(shop) == before


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
    assert button["text"] == "Nothing is on sale right now"
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


async def test_banned_people_are_offered_nothing_and_told_so_calmly(
    shop: Shop, olga: Human, boris: Human
) -> None:
    await olga.sends(f"/user {BORIS}")
    await olga.taps("Ban")
    await olga.taps("Ban")
    await boris.does(typed("aged"))

    assert titles(boris) == []
    assert boris.person.inline.button is not None
    assert boris.person.inline.button["text"] == "You cannot use this at the moment"


@on_sqlite
async def test_the_newest_letters_win_and_those_in_between_cost_nothing(
    shop: Shop, alice: Human
) -> None:
    for end in range(1, len("fresh acc") + 1):
        alice.person.types_inline("fresh acc"[:end])
    await shop.hears()

    answers = shop.telegram.calls_of("answerInlineQuery")
    assert len(answers) <= 3
    newest = [one for one in shop.telegram.queries.values() if not one.is_tap][-1]
    assert newest.answered
    assert titles(alice) == ["Fresh account"]


@on_sqlite
async def test_an_answer_that_comes_too_late_is_nobodys_fault(shop: Shop, alice: Human) -> None:
    alice.person.types_inline("fresh")
    shop.clock.turn(timedelta(seconds=11))
    await shop.hears()

    assert shop.trouble() == [
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    ]
    await alice.does(typed("aged"))
    assert titles(alice) == ["Aged account"]


@on_sqlite
async def test_telegram_in_trouble_stops_nobody(shop: Shop, alice: Human) -> None:
    for fault in (Refuse(429, "Too Many Requests: retry after 3"), Refuse(400, "Bad Request: X")):
        shop.telegram.faults.next("answerInlineQuery", fault)
        await alice.does(typed("fresh"))
    await alice.does(typed("aged"))
    assert titles(alice) == ["Aged account"]


@on_sqlite
async def test_odd_words_are_searched_for_like_any_others(shop: Shop, alice: Human) -> None:
    odd = ("😀🎉👨‍👩‍👧‍👦", "<b>x</b>&amp;", "اسم account \u202eevil", "\u0000\u200b", "x" * 4000)
    for words in odd:
        await alice.does(typed(words))
        assert alice.person.inline.button is not None or titles(alice)
    forged = {
        "id": shop.telegram.open_query(alice.id).query_id,
        "from": {"id": alice.id, "is_bot": False, "first_name": "Alice"},
        "query": "fresh " + "account " * 500,
        "offset": "",
    }
    shop.telegram.act("inline_query", forged, None)
    await shop.hears()
    assert titles(alice)[0] == "Fresh account"
    assert not shop.trouble()


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
async def test_the_bot_asks_telegram_for_inline_queries(shop: Shop) -> None:
    assert "inline_query" in shop.kiosk.dispatcher.resolve_used_update_types()
