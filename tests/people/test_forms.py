"""A chat is asked for one thing at a time, whichever process asked."""

from bot.people import customers
from tests.stored_shop import ALICE, BOB, Books


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
