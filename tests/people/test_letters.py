"""What customers and operators write to each other is kept sealed, in order, each once."""

from bot.base.subjects import request_subject
from bot.people.letters import find_letter, list_letters, write_letter
from tests.stored_shop import OLGA, Books

SUBJECT = request_subject(5)


async def test_letters_are_read_in_their_order_and_sealed_at_rest(books: Books) -> None:
    asked = await books.db.write(write_letter, SUBJECT, str(OLGA), "Which bank?")
    await books.db.write(write_letter, SUBJECT, "", "", "AgAC", "photo")
    await books.db.write(write_letter, request_subject(6), "", "about another")

    found = await books.db.read(list_letters, SUBJECT)
    assert [(one.sender, one.said, one.file, one.file_kind) for one in found] == [
        (str(OLGA), "Which bank?", "", ""),
        ("", "", "AgAC", "photo"),
    ]
    assert await books.db.read(list_letters, SUBJECT, 1) == found[1:]
    assert await books.db.read(find_letter, asked) == found[0]
    assert await books.db.read(find_letter, 77) is None
    kept = [row[0] for row in await books.sql("SELECT said FROM letters")]
    assert not any("bank" in said or "another" in said for said in kept)


async def test_a_letter_with_the_same_key_is_written_once(books: Books) -> None:
    first, again = [
        await books.db.write(write_letter, SUBJECT, "", said, "", "", "cmd:1:2:3")
        for said in ("hello", "hello")
    ]
    other = await books.db.write(write_letter, SUBJECT, "", "hello", "", "", "cmd:1:2:4")

    assert first == again != other
    assert len(await books.db.read(list_letters, SUBJECT)) == 2


async def test_a_letter_without_end_is_cut(books: Books) -> None:
    await books.db.write(write_letter, SUBJECT, "", "x" * 5000)

    [found] = await books.db.read(list_letters, SUBJECT)
    assert len(found.said) == 2000
