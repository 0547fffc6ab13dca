"""Own words in the database: kept for each language, and read again by every process."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.base.acts import Role
from bot.base.errors import NotAllowed, NotYours
from bot.base.topics import TEXTS
from bot.db.tx import Tx
from bot.people.audit import list_acts
from bot.people.texts import store
from bot.people.texts.current import CurrentTexts
from bot.people.texts.own import EVERY, OwnText, TextName, say
from tests.counted import statements_of
from tests.stored_shop import ALICE, BOB, Books

HELLO = OwnText("Hello")


async def save(books: Books, language: str, own: OwnText) -> bool:
    return await books.db.write(store.save_text, books.act(), TextName.GREETING, language, own)


async def test_another_process_reads_what_one_has_saved(books: Books) -> None:
    ours, theirs = CurrentTexts(books.db), CurrentTexts((await books.another()).db)
    await theirs.load()
    assert await save(books, EVERY, HELLO)
    assert await theirs.load() == 1
    assert theirs.now.find(TextName.GREETING) == {EVERY: HELLO}
    assert await ours.load() == 1
    assert await ours.load() == 0
    await books.db.write(store.reset_text, books.act(), TextName.GREETING)
    await theirs.load()
    assert theirs.now.find(TextName.GREETING) == {}


async def test_a_look_that_finds_nothing_new_is_one_statement_and_a_change_wakes(
    books: Books,
) -> None:
    assert await books.db.read(lambda tx: statements_of(tx, store.version)) == ["SELECT"]
    books.db.waker.event(TEXTS).clear()
    await save(books, "de", HELLO)
    assert books.db.waker.event(TEXTS).is_set()


async def test_before_and_after_are_in_the_log_and_the_same_words_twice_count_once(
    books: Books,
) -> None:
    assert await save(books, "de", HELLO)
    assert not await save(books, "de", HELLO)
    assert await save(books, "de", OwnText("Moin", '[["bold",0,4,{}]]'))
    assert await books.db.write(store.reset_text, books.act(), TextName.GREETING, "de")
    assert not await books.db.write(store.reset_text, books.act(), TextName.GREETING, "de")
    page = await books.db.read(list_acts, 0)
    told = [(one.action, one.subject, one.before, one.after) for one in page.rows]
    assert told == [
        ("reset text", "text:greeting de", "Moin", ""),
        ("text", "text:greeting de", "Hello", "Moin"),
        ("text", "text:greeting de", "", "Hello"),
    ]


async def test_only_owners_may(books: Books) -> None:
    for who, role, refused in ((ALICE, Role.OWNER, NotYours), (BOB, Role.VIEWER, NotYours)):
        act = replace(books.act(), who=who, role=role)
        with pytest.raises((refused, NotAllowed)):
            await books.db.write(store.save_text, act, TextName.HELP, EVERY, HELLO)
    assert (await books.db.read(store.load_texts)).by_name == {}


async def test_two_who_save_at_once_leave_one_of_both_and_two_versions(books: Books) -> None:
    before = await books.db.read(store.version)
    for own in (HELLO, OwnText("Hi")):
        await save(books, EVERY, own)
    assert await books.db.read(store.version) == before + 2


async def test_a_reader_gets_their_language_then_every_then_nothing(books: Books) -> None:
    now = books.now
    over = replace(HELLO, until=now - timedelta(seconds=1))
    german, every = OwnText("Hallo"), OwnText("Hi")
    assert say({"de": german, EVERY: every}, "de", now) == german
    assert say({"de": german, EVERY: every}, "fr", now) == every
    assert say({"de": german}, "fr", now) is None
    assert say({"de": over, EVERY: every}, "de", now) == every

    def run(tx: Tx) -> None:
        assert store.load_words(tx, "nothing") == {}

    await books.db.read(run)
