"""A chat is asked for one thing at a time, whichever process asked."""

from bot.people import forms
from tests.stored_shop import ALICE, BOB, Books


async def test_a_chat_is_asked_for_one_thing_at_a_time(books: Books) -> None:
    assert await books.db.read(forms.find, ALICE) is None

    await books.db.write(forms.put, ALICE, "quantity")
    await books.db.write(forms.put, ALICE, "link")
    await books.db.write(forms.put, BOB, "quantity")
    assert await books.db.read(forms.find, ALICE) == "link"
    await books.db.write(forms.drop, ALICE)
    await books.db.write(forms.drop, ALICE)

    assert await books.db.read(forms.find, ALICE) is None
    assert await books.db.read(forms.find, BOB) == "quantity"


async def test_what_a_chat_is_asked_survives_the_process(books: Books) -> None:
    await books.db.write(forms.put, ALICE, "quantity")
    other = await books.another()

    assert await other.db.read(forms.find, ALICE) == "quantity"
