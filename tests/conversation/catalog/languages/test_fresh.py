"""A language that nobody read before is there by its first reader's second screen."""

from datetime import timedelta

import pytest

from sandbox.suppliers import wire_faults
from tests.conversation.catalog.languages.readers import (
    LAYLA,
    MEI,
    WORDS,
    aged,
    asked_for,
    comes,
    shown,
)
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop

_RATE_CAP = 5
"""Requests a second, as shops have it; the one under test has none."""


@pytest.fixture(autouse=True)
def translated(shop: Shop) -> None:
    shop.hstockplus.is_newer = True
    for row in (*shop.accplanet.services.values(), *shop.hstockplus.services.values()):
        row.translations |= {
            language: {name: f"{text} {row.id}" for name, text in words.items()}
            for language, words in {**WORDS, "ru": WORDS["zh"]}.items()
        }


def requests(shop: Shop) -> list[int]:
    return [len(supplier.received) for supplier in shop.suppliers]


@on_sqlite
async def test_the_second_screen_is_translated(shop: Shop, olga: Human) -> None:
    before = requests(shop)
    layla = await comes(shop, LAYLA, "ar")
    await shop.works()
    await layla.sends("/catalog")
    assert all(WORDS["ar"]["category"] in one for one in shown(layla, "k:"))
    asked = [now - then for then, now in zip(before, requests(shop), strict=True)]
    assert max(asked) <= 5 * _RATE_CAP, "which are as many as leave within five seconds"


@on_sqlite
async def test_a_language_that_was_just_chosen_is_read_at_once(shop: Shop, alice: Human) -> None:
    await alice.sends("/start")
    await alice.sends("/language")
    await alice.taps("العربية")
    await shop.works()
    await alice.sends("/catalog")
    assert all(WORDS["ar"]["category"] in one for one in shown(alice, "k:"))


@on_sqlite
async def test_six_languages_at_once_leave_within_fifteen_seconds(shop: Shop, olga: Human) -> None:
    before = requests(shop)
    for number, language in enumerate(("ar", "zh-hans", "pt-br", "fr", "ru", "ko")):
        await comes(shop, 40 + number, language)
    await shop.works()
    asked = [now - then for then, now in zip(before, requests(shop), strict=True)]
    assert sorted(set(asked_for(shop))) == ["ar", "fr", "ko", "pt-BR", "ru", "zh"]
    assert max(asked) <= 15 * _RATE_CAP


async def test_what_came_back_english_is_asked_for_again_until_nothing_is_missing(
    shop: Shop, olga: Human
) -> None:
    words = aged(shop).translations.pop("ar")
    layla = await comes(shop, LAYLA, "ar")
    await shop.works()
    asked = []
    for seconds in (19, 2, 61, 290, 12, 890, 12, 3590, 12, 3590, 12):
        await shop.comes_to(timedelta(seconds=seconds))
        asked.append(len(asked_for(shop)))
    assert asked == [1, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7]

    aged(shop).translations["ar"] = words
    await shop.comes_to(timedelta(hours=1))
    await layla.sends("/catalog")
    for label in ("category", "name"):
        await layla.taps(words[label])
    await shop.leaps(6, hours=1)
    assert len(asked_for(shop)) == 8, "nothing is missing"

    new = shop.accplanet.put(account(30_000, "New account", "1.00"))
    await shop.refreshes()
    await shop.comes_to(timedelta(hours=1))
    assert len(asked_for(shop)) == 9
    new.translations["ar"] = {**words, "name": "جديد"}
    await shop.comes_to(timedelta(seconds=21))
    assert len(asked_for(shop)) == 10
    await shop.leaps(20, hours=1)
    assert len(asked_for(shop)) == 10
    await shop.leaps(5, hours=1)
    assert len(asked_for(shop)) == 11, "once a day a better translation may be there"


@on_sqlite
async def test_a_failed_reading_is_repeated_soon(shop: Shop, olga: Human) -> None:
    shop.accplanet.faults.next("services", wire_faults.broken_json())
    reader = await comes(shop, MEI, "zh-hans")
    await shop.works()
    await shop.comes_to(timedelta(seconds=21))
    await reader.sends("/catalog")
    assert any(WORDS["zh"]["category"] in one for one in shown(reader, "k:"))
    assert asked_for(shop) == ["zh", "zh"]
