"""Who types `@bot words`: in which language they read, what it costs, and how fast they type."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.people.tables import customers
from sandbox.telegram import Refuse
from tests.conversation.closed_books import locked
from tests.conversation.human import BORIS, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.sharing.offers import titles, typed
from tests.conversation.shop import Shop

STRANGER = 71


async def count_customers(shop: Shop) -> int:
    query = select(func.count()).select_from(customers)
    return int(await shop.kiosk.db.read(lambda tx: tx.execute(query).scalar_one()))


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
async def test_the_bot_asks_telegram_for_inline_queries(shop: Shop) -> None:
    assert "inline_query" in shop.kiosk.dispatcher.resolve_used_update_types()


@on_sqlite
async def test_nothing_is_written_so_books_that_take_nothing_stop_nobody(shop: Shop) -> None:
    stranger = person(shop, STRANGER, "Stranger")
    async with locked(shop):
        await stranger.does(typed("aged"))

    assert titles(stranger) == ["Aged account"]


@on_sqlite
async def test_a_repeated_query_is_answered_once(shop: Shop, alice: Human) -> None:
    update = alice.person.types_inline("fresh")
    await shop.hears()
    shop.telegram.redeliver(update)
    await shop.hears()

    assert len(shop.telegram.calls_of("answerInlineQuery")) == 1
