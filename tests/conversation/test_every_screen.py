"""Whoever taps through the whole shop comes to every screen, and none is a dead end."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.chat.catalog.taps import MarkFavourite, WatchService
from bot.chat.home.taps import ChooseLanguage
from bot.chat.kit.taps import OpenHome
from bot.chat.money.taps import TypeTopup
from bot.chat.numbers.taps import OpenCountries, OpenNumbers, RentNumber
from bot.chat.orders.taps import Confirm
from bot.chat.places.taps import MergeInto, OpenNames, TypeIcon, TypeMerge, TypeNameIn
from bot.i18n.language import LANGUAGES
from sandbox.suppliers.timelines import completes, never, partial, trouble
from tests.conversation.crawling import assert_everything_was_accepted, crawls
from tests.conversation.human import OLGA, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.rentals.counter import HSTOCK, PROJECTS
from tests.conversation.services import account
from tests.conversation.shop import Shop
from tests.human import ALL_LOCALES

OTHERS = frozenset(ChooseLanguage(code=code).pack() for code in LANGUAGES)
"""Taps that would end the reading of a language."""
GONE = ("/start s_999999", "/start c_999999", "/start nothing")
SEARCHES = ("/search account", "/search chat", "/search kingdom", "/search zzzz")
STARTS = ("/catalog", "/numbers", *SEARCHES, *GONE, "/orders", "/wallet", "/help", "/start")
PLACES = ("/category Social", "/category Email Accounts")
PRICES = ("/price Social", "/price shop 30%")
DESK = ("/desk", f"/user {OLGA}", "/suppliers", *PLACES, *PRICES, "/requests", "/claims")
NOUNS = ("catalog", "exports", "home", "numbers", "orders", "search", "places")
"""The rooms of the chat whose every tap is to be seen."""
NEVER_SEEN = frozenset({"ReadQuantity", "StopAllWatches"})
"""They stand under what is typed and under a message that comes later; both have own tests."""


@on_sqlite
@pytest.mark.parametrize("code", ["en", "ru", "ar"])
async def test_no_screen_is_a_dead_end_and_no_button_is_dead(shop: Shop, code: str) -> None:
    reader = person(shop, OLGA, "Olga", code)
    await fills(shop, reader)
    tapped: Counter[str] = Counter({ChooseLanguage.__prefix__: 1})

    await crawls(reader, *STARTS, *DESK, but=OTHERS, alike=6, tapped=tapped)

    assert {one.__name__ for one in kinds() if not tapped[one.__prefix__]} == NEVER_SEEN
    assert_everything_was_accepted(shop)
    assert await shop.proof() == ()
    refused = ALL_LOCALES.of(code)("This button is out of date.")
    assert [one.text for one in reader.person.toasts if refused in one.text] == []
    ends = [one.text for one in reader.person.messages if not (one.buttons or one.has_file)]
    assert ends == []


def kinds() -> list[type[CallbackData]]:
    rooms = tuple(f"bot.chat.{noun}." for noun in NOUNS)
    return [one for one in CallbackData.__subclasses__() if one.__module__.startswith(rooms)]


async def fills(shop: Shop, reader: Human) -> None:
    """Orders at every end, numbers, something that is gone, kept or waited for, a request."""
    again = replace(PROJECTS[0], project_id="65f2", price=PROJECTS[0].price * 2)
    shop.hstockplus.projects = [*PROJECTS, again]
    await shop.kiosk.shop.refresh.numbers(shop.kiosk.shop.suppliers[HSTOCK])
    for number in range(9):
        name = "Email Accounts" if number == 0 else f"Shelf {number}"
        shop.accplanet.put(account(41_000 + number, f"Thing {number}", "1", category=name))
    await shop.refreshes()
    await reader.sends("/start")
    await reader.sends(f"/topup {OLGA} 50")
    await reader.sends("/topup")
    await buys(shop, reader)
    await rents(shop, reader)
    await wants(shop, reader)
    await reader.forges(TypeTopup().pack())
    await reader.sends("10")
    await reader.buys_unseen(quantity=1)  # nobody sends it yet
    await merges(reader)
    await dresses(reader)


async def buys(shop: Shop, reader: Human) -> None:
    for timeline in (completes(0), partial(1, 0), trouble(0), never()):
        shop.accplanet.plan(timeline, ["alpha:1", "beta:2", "gamma:3"])
        await reader.buys_unseen()
        await shop.works()
        await shop.passes(seconds=3)


async def rents(shop: Shop, reader: Human) -> None:
    """A number on which no code comes."""
    await reader.forges(OpenNumbers().pack())
    for kind in (OpenCountries, RentNumber, Confirm):
        await taps(reader, kind)
    await shop.works()
    await shop.passes(minutes=25)
    await shop.works()


async def wants(shop: Shop, reader: Human) -> None:
    """One thing is kept and then gone, two are sold out and waited for, one of them comes back."""
    for remote in ("10042", "10043"):
        shop.accplanet.services[remote].stock = 0
    await shop.refreshes()
    known = {one.listed.name: one.id for one in shop.kiosk.shop.shelf.now.services()}
    await reader.forges(MarkFavourite(service=known["Rare account"], on=True).pack())
    await taps(reader, OpenHome)
    for name in ("Aged account", "Fresh account"):
        await reader.sends(f"/start s_{known[name]}")
        await taps(reader, WatchService)
        await taps(reader, OpenHome)  # or the crawl would begin with stopping it
    shop.accplanet.services.pop("507f1f77bcf86cd799439011")
    shop.accplanet.services["10042"].stock = 90
    await shop.refreshes()
    await shop.passes(minutes=2)


async def merges(reader: Human) -> None:
    """One category stands in another, and it is asked whether a second one shall."""
    for category, into in (("Social", "Shelf 2"), ("Shelf 3", "Shelf 4")):
        await reader.sends(f"/category {category}")
        await taps(reader, TypeMerge)
        await reader.sends(into)
        if category == "Social":
            await taps(reader, MergeInto)


async def dresses(reader: Human) -> None:
    """One category has an icon of its own, and a name in one language."""
    await reader.sends("/category Email Accounts")
    for kind, words in ((TypeIcon, "📮"), (OpenNames, ""), (TypeNameIn, "Letters")):
        await taps(reader, kind)
        if words:
            await reader.sends(words)


async def taps(human: Human, kind: type[CallbackData]) -> None:
    """The first button of a kind, wherever it stands."""
    found = [button.callback_data or "" for button in human.card.buttons]
    await human.forges(next(one for one in found if one.startswith(f"{kind.__prefix__}:")))
