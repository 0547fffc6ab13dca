"""One person of each language taps through the whole shop, as a customer and as an operator."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select

from bot.chat.home.taps import ChooseLanguage
from bot.chat.orders.taps import Confirm, PickQuantity
from bot.i18n.language import ENGLISH, LANGUAGES
from bot.orders.tables import answers
from sandbox.suppliers.timelines import completes, never, partial, trouble
from tests.clock import TurnableClock
from tests.conversation.crawling import (
    assert_everything_was_accepted,
    crawls,
    fill_with_ugliness,
)
from tests.conversation.human import Human, person
from tests.conversation.opening import open_shop
from tests.conversation.rentals.counter import HSTOCK, PROJECTS
from tests.conversation.shop import Shop
from tests.languages.english import left_over, words

READER = 77
ALIKE = 3
NAME = "Ωμέγα"
OTHER_LANGUAGES = frozenset(ChooseLanguage(code=code).pack() for code in LANGUAGES)
"""Taps that would end the reading of this one."""


@pytest.fixture
async def shop(sqlite_books_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    """The reader is its operator, too."""
    admins = str(READER)
    async with open_shop(sqlite_books_url, clock, admin_ids=admins, shop_name=NAME) as opened:
        await fill_with_ugliness(opened)
        opened.hstockplus.projects = list(PROJECTS)
        await opened.kiosk.shop.refresh.numbers(opened.kiosk.shop.suppliers[HSTOCK])
        yield opened


TYPED = frozenset({"customers"})
"""What operators type after a command, in every language."""


@pytest.mark.parametrize("code", LANGUAGES)
async def test_every_button_works_in_every_language(shop: Shop, code: str) -> None:
    human = person(shop, READER, NAME, code)
    await human.sends("/start")
    await human.sends(f"/topup {READER} 50")
    await human.sends("/topup")
    for timeline in (completes(0), partial(1, 0), trouble(0), never()):
        shop.accplanet.plan(timeline, ["alpha:1", "beta:2", "gamma:3"])
        await buys(human)
    starts = ("/start", "/orders", "/wallet", "/desk", f"/user {READER}", "/suppliers", "/numbers")
    tapped = await crawls(human, *starts, but=OTHER_LANGUAGES, alike=ALIKE)

    assert tapped > 60
    assert_everything_was_accepted(shop)
    assert await shop.proof() == ()
    await assert_reads_one_language(human, code)


async def buys(human: Human) -> None:
    """From a shared link to the end, without reading a word."""
    await human.sends("/start s_1")
    await taps(human, PickQuantity)
    await human.sends("3")
    await taps(human, Confirm)
    await human.shop.works()
    await human.shop.passes(seconds=3)


async def taps(human: Human, kind: type[CallbackData]) -> None:
    """The first button of a kind, wherever it stands."""
    found = [button.callback_data or "" for button in human.card.buttons]
    await human.forges(next(one for one in found if one.startswith(f"{kind.__prefix__}:")))


async def assert_reads_one_language(human: Human, code: str) -> None:
    if code == ENGLISH:
        return
    said = [message.text for message in human.person.messages]
    said += [button.text for message in human.person.messages for button in message.buttons]
    said += [toast.text for toast in human.person.toasts]
    theirs = await what_suppliers_wrote(human.shop)
    found = {word: text for text in said for word in left_over(code, text) - theirs - TYPED}
    assert found == {}


async def what_suppliers_wrote(shop: Shop) -> set[str]:
    """Names on the shelf, and the answers that operators read as they came."""
    texts: list[str] = []
    for supplier in shop.suppliers:
        for service in supplier.services.values():
            texts += [service.name, service.category, service.subcategory, service.description]
    texts += [project.name for project in shop.hstockplus.projects]
    query = select(answers.c.said)
    read = shop.kiosk.db.read
    texts += await read(lambda connection: connection.execute(query).scalars().all())
    return set().union(*map(words, texts))
