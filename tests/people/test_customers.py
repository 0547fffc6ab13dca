"""People are remembered as last seen, and looked up by operators."""

from bot.base.ids import CustomerId
from bot.people import customers
from bot.people.customers import Person
from tests.stored_shop import ALICE, BOB, Books, usd


async def sees(books: Books, name: str, username: str = "", language: str = "en") -> None:
    person = Person(ALICE, name, username, language)
    await books.db.write(customers.note_seen, person, language)


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
    await books.db.write(customers.note_seen, Person(BOB, "Bob", "Shared", "en"), "en")
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
