"""What a chat is expected to type: remembered where one process alone can change it."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.chat.dispatcher import FORMS
from bot.chat.kit.forms import Forms
from bot.chat.money.taps import TopupForm
from bot.chat.numbers.taps import NumbersSearchForm
from bot.db.tx import Tx
from bot.people import customers
from tests.stored_shop import ALICE, BOB, Books


@pytest.fixture
async def forms(books: Books) -> Forms:
    return Forms(books.db, FORMS)


async def test_a_form_is_found_as_it_was_opened_last(forms: Forms) -> None:
    assert await forms.find(ALICE) is None
    await forms.open(ALICE, NumbersSearchForm())
    assert await forms.find(ALICE) == NumbersSearchForm()
    await forms.open(ALICE, TopupForm())
    assert await forms.find(ALICE) == TopupForm()
    assert await forms.find(BOB) is None
    await forms.close(ALICE)
    assert await forms.find(ALICE) is None


async def test_whatever_is_asked_meanwhile_the_last_change_is_what_is_found(
    forms: Forms, books: Books
) -> None:
    for _ in range(20):
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(forms.find(ALICE))
            tasks.create_task(forms.open(ALICE, TopupForm()))
            tasks.create_task(forms.find(ALICE))
        assert await forms.find(ALICE) == TopupForm()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(forms.find(ALICE))
            tasks.create_task(forms.close(ALICE))
        assert await forms.find(ALICE) is None
        assert await books.db.read(customers.find_form, ALICE) is None


async def test_after_a_change_that_was_cut_short_the_database_is_asked(
    forms: Forms, books: Books
) -> None:
    entered, released = threading.Event(), threading.Event()

    def blocks(_tx: Tx) -> None:
        entered.set()
        released.wait(10)

    assert await forms.find(ALICE) is None
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(books.db.write(blocks))
        await asyncio.to_thread(entered.wait)
        changing = tasks.create_task(forms.open(ALICE, TopupForm()))
        await forms.find(BOB)  # by now the change waits for its turn
        changing.cancel()
        await forms.find(BOB)
        await forms.find(ALICE)
        released.set()

    await Forms(books.db, FORMS).open(ALICE, NumbersSearchForm())
    assert await forms.find(ALICE) == NumbersSearchForm()


@pytest.mark.parametrize("books_url", ["postgresql"], indirect=True)
async def test_a_form_that_another_process_opened_is_found_where_there_are_others(
    forms: Forms, books: Books
) -> None:
    assert await forms.find(ALICE) is None
    await Forms((await books.another()).db, FORMS).open(ALICE, TopupForm())
    assert await forms.find(ALICE) == TopupForm()
