"""People are remembered as last seen, looked up by operators, and asked for what they type."""

from decimal import Decimal

import pytest
from sqlalchemy import insert, select

from bot.base.ids import CustomerId, OrderId
from bot.db.tx import Tx
from bot.desk import details
from bot.desk.details import DeskFilter
from bot.ops.seal import Seal, SealBroken
from bot.orders import dossier as records
from bot.orders.rules.moves import State
from bot.orders.tables import readings
from bot.people import customers
from bot.people.customers import Person
from tests.books import KEY
from tests.stored_shop import ALICE, BOB, Books, says, usd


async def sees(books: Books, name: str, username: str = "", language: str = "en") -> None:
    person = Person(ALICE, name, username, language)
    await books.db.write(customers.seen, person, language)


async def test_a_person_is_known_by_their_newest_name(books: Books) -> None:
    await sees(books, "Alice", "alice")
    created = books.now
    books.wait(days=1)
    await sees(books, "Alicia", "alicia")

    alice = await books.db.read(customers.find, ALICE)
    assert alice is not None
    assert (alice.first_name, alice.username, alice.created_at) == ("Alicia", "alicia", created)
    assert await books.db.read(customers.find, BOB) is None


async def test_a_language_follows_telegram_until_it_is_chosen(books: Books) -> None:
    await sees(books, "Alice", language="en")
    await sees(books, "Alice", language="de")
    first = await books.db.read(customers.find, ALICE)
    await books.db.write(customers.set_language, ALICE, "ru")
    await sees(books, "Alice", language="de")
    second = await books.db.read(customers.find, ALICE)

    assert first is not None
    assert second is not None
    assert (first.language, second.language) == ("de", "ru")


async def test_a_username_belongs_to_whoever_was_seen_with_it_last(books: Books) -> None:
    await books.db.write(customers.seen, Person(BOB, "Bob", "Shared", "en"), "en")
    books.wait(seconds=1)
    await sees(books, "Alice", "shared")

    found = await books.db.read(customers.find_by_username, "SHARED")
    assert found is not None
    assert found.id == ALICE
    assert await books.db.read(customers.find_by_username, "") is None


async def test_a_name_longer_than_telegrams_is_cut(books: Books) -> None:
    await sees(books, "A" * 500)

    alice = await books.db.read(customers.find, ALICE)
    assert alice is not None
    assert alice.first_name == "A" * 64


async def test_an_id_of_52_bits_fits(books: Books) -> None:
    large = CustomerId(2**52 - 1)
    await books.has(large, "1")

    assert (await books.wallet(large)).free == usd("1")


async def test_the_desk_sees_a_customer_with_money_and_orders(rich: Books) -> None:
    due = await rich.has_active(total="2")
    await rich.buys(total="3")

    card = await rich.db.read(details.customer_card, ALICE)

    assert card is not None
    assert (card.wallet.free, card.wallet.held) == (usd("5"), usd("5"))
    assert (card.order_count, card.orders[-1].id) == (2, due.order)
    assert await rich.db.read(details.customer_card, BOB) is None


async def test_the_desk_lists_orders_by_what_they_need(rich: Books) -> None:
    doubt = (await rich.in_doubt()).order
    attention = (await rich.needs_person(total="3")).order
    done = await rich.has_active(total="1")
    await rich.hears(done, says("Completed", "a"))

    listed = {
        which: [one.id for one in (await rich.db.read(details.list_orders, which, 0)).rows]
        for which in DeskFilter
    }

    assert listed == {
        DeskFilter.ALL: [done.order, attention, doubt],
        DeskFilter.OPEN: [attention, doubt],
        DeskFilter.DOUBT: [doubt],
        DeskFilter.ATTENTION: [attention],
    }


async def test_a_dossier_tells_the_whole_history(rich: Books) -> None:
    due = await rich.has_active()
    await rich.hears(due, says("Completed", "a", charge="0.9"))

    dossier = await rich.db.read(records.dossier, due.order)

    assert dossier is not None
    assert [one.state for one in dossier.events] == [
        State.QUEUED,
        State.SUBMITTING,
        State.ACTIVE,
        State.COMPLETED,
    ]
    assert dossier.remote_order == due.remote
    assert await rich.db.read(records.dossier, OrderId(99)) is None


# Forms


async def test_a_chat_is_asked_for_one_thing_at_a_time(books: Books) -> None:
    assert await books.db.read(customers.find_form, ALICE) is None

    await books.db.write(customers.expect_form, ALICE, "quantity")
    await books.db.write(customers.expect_form, ALICE, "link")
    await books.db.write(customers.expect_form, BOB, "quantity")
    assert await books.db.read(customers.find_form, ALICE) == "link"
    await books.db.write(customers.drop_form, ALICE)
    await books.db.write(customers.drop_form, ALICE)

    assert await books.db.read(customers.find_form, ALICE) is None
    assert await books.db.read(customers.find_form, BOB) == "quantity"


async def test_what_a_chat_is_asked_survives_the_process(books: Books) -> None:
    await books.db.write(customers.expect_form, ALICE, "quantity")
    other = await books.another()

    assert await other.db.read(customers.find_form, ALICE) == "quantity"


# The seal and the columns


def test_a_seal_opens_with_any_of_its_keys_and_seals_with_the_newest() -> None:
    newer = "bmV3ZXIga2V5LCBidXQgb25seSBmb3Igb3VyIHRlc3Q="
    old, both = Seal.with_keys([KEY]), Seal.with_keys([newer, KEY])

    assert both.unseal(old.seal("a")) == "a"
    with pytest.raises(SealBroken):
        old.unseal(both.seal("a"))
    with pytest.raises(SealBroken):
        old.unseal("no seal at all")


@pytest.mark.parametrize("number", ["0.1", "1E+3", "0.000000000000000000000001", "-0", "12.340"])
async def test_a_number_of_a_supplier_is_kept_digit_by_digit(rich: Books, number: str) -> None:
    order = await rich.buys()

    def keep(tx: Tx) -> str:
        line = {"order_id": order, "attempt": 1, "at": rich.now, "balance": Decimal(number)}
        tx.execute(insert(readings).values(line))
        return str(tx.execute(select(readings.c.balance)).scalar_one())

    assert await rich.db.write(keep) == str(Decimal(number))
