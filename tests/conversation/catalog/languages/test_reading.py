"""Each reads the catalogue in their own language; the English stays the key to it all."""

from dataclasses import replace
from typing import cast

from bot.base.errors import DatabaseUnavailable
from bot.catalog.recent_words import Translations
from bot.catalog.translation import Words
from sandbox.suppliers.timelines import completes
from tests.conversation.catalog.languages.readers import (
    A_LOOK,
    CAIO,
    MEI,
    WORDS,
    asked_for,
    comes,
    opens,
    shown,
)
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

ENGLISH = ("Aged account", "Two years", "Social")


@on_sqlite
async def test_each_reads_the_catalogue_and_their_orders_in_their_own_language(
    shop: Shop, olga: Human, layla: Human
) -> None:
    readers = {
        "ar": layla,
        "zh": await comes(shop, MEI, "zh-hans"),
        "pt-BR": await comes(shop, CAIO, "pt-br"),
    }
    for human in readers.values():
        await olga.sends(f"/topup {human.id} 10")
    for _ in range(2):
        await shop.comes_to(A_LOOK)
    shop.accplanet.default_timeline = completes(0)

    for language, human in readers.items():
        words = WORDS[language]
        await human.sends("/catalog")
        assert any(one.startswith(words["category"]) for one in shown(human, "k:"))
        await human.taps(words["category"])
        await human.taps(words["name"])
        about = words["description"].replace("<b>", "").replace("</b>", "")
        human.sees_last(words["name"], words["category"], words["subcategory"], about)
        await opens(human, "q:")
        human.sees_last(words["name"])
        await human.sends("2")
        human.sees_last(words["name"])
        await opens(human, "y:")
        human.sees_last(words["name"])
        assert await shop.kiosk.sender.step() == 0, (
            "what is shown is what is true: no edit follows"
        )
        await shop.works()
        await shop.passes(seconds=3)
        assert human.times(words["name"]) >= 2, "the card and the goods"
        await human.sends("/orders")
        assert [words["name"] in one for one in shown(human, "i:")] == [True]
        await opens(human, "i:")
        human.sees_last(words["name"])
        await opens(human, "g:")
        human.sees_last(words["name"])
        human.sees_nothing_of(*ENGLISH)
    assert sorted(set(asked_for(shop))) == ["ar", "pt-BR", "zh"]
    assert await shop.proof() == ()


class ClosedBooks:
    """Where translations cannot be read now."""

    async def find(self, *_: object, **__: object) -> Words:
        raise DatabaseUnavailable(why="locked")


@on_sqlite
async def test_what_cannot_be_looked_up_is_read_in_english(shop: Shop, layla: Human) -> None:
    known = shop.kiosk.shop.store.translate
    closed = replace(known, translations=cast("Translations", ClosedBooks()))
    names = [[row.name for row in (await each.catalog("ar", 0)).rows] for each in (known, closed)]
    assert WORDS["ar"]["category"] in names[0]
    assert names[1] == ["Social", "Games", "Instagram", "Email Accounts"]


@on_sqlite
async def test_readers_of_english_notice_nothing_of_other_languages(
    shop: Shop, alice: Human, layla: Human
) -> None:
    shop.accplanet.default_timeline = completes(0)
    await alice.goes_to_confirm()
    await alice.taps("Cancel")
    alice.sees_last("Aged account", "Social › Instagram", "Two years old.")
    await alice.buys()
    await shop.works()
    await shop.passes(seconds=3)
    alice.sees("Aged account × 3", "Order #1\nAged account\n3 pieces")
    alice.sees_nothing_of(*WORDS["ar"].values())
