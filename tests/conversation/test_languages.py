"""The catalogue speaks the customer's language; the supplier's English stays the key to it all."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest

from bot.base.errors import BooksClosed
from bot.catalog.recent_words import Translations
from bot.catalog.translation import Words
from bot.i18n.language import LANGUAGES
from sandbox.suppliers import reply_faults, wire_faults
from sandbox.suppliers.services import SandboxService
from sandbox.suppliers.timelines import completes
from tests.conversation.human import OLGA, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop
from tests.conversation.test_limits import (
    DESCRIPTION,
    UGLY,
    assert_everything_was_accepted,
    begin_high,
    crawls,
)

LAYLA, MEI, CAIO = 31, 32, 33
WORDS = {
    "ar": {
        "name": "حساب قديم",
        "description": "<b>عمره سنتان</b>.",
        "category": "التواصل الاجتماعي",
        "subcategory": "إنستغرام",
    },
    "zh": {
        "name": "老账号",
        "description": "<b>两年</b>。",
        "category": "社交媒体",
        "subcategory": "照片墙",
    },
    "pt-BR": {
        "name": "Conta antiga",
        "description": "Tem <b>dois anos</b>.",
        "category": "Redes sociais",
        "subcategory": "Rede de fotos",
    },
}
ENGLISH = ("Aged account", "Two years", "Social")
A_LOOK, AN_HOUR = timedelta(seconds=16), timedelta(minutes=61)


def aged(shop: Shop) -> SandboxService:
    return shop.accplanet.services["10042"]


def asked_for(shop: Shop) -> list[str]:
    """In which languages the catalogue was read, in their order."""
    read = [one.params for one in shop.accplanet.received_of("services")]
    return [params["language"] for params in read if "language" in params]


async def looks(shop: Shop) -> None:
    """Only the languages are looked at, and nothing else that is due."""
    [entry] = [one for one in shop.kiosk.timetable.entries if one.name.startswith("languages ")]
    assert await shop.kiosk.timetable.run_if_due(entry)


async def opens(human: Human, *prefixes: str) -> None:
    """Tap the first button of each kind, whatever it is called in this language."""
    for prefix in prefixes:
        await human.forges(tap_of(human, prefix))


def tap_of(human: Human, prefix: str) -> str:
    taps = [one.callback_data or "" for one in human.card.buttons]
    return next(tap for tap in taps if tap.startswith(prefix))


def shown(human: Human, prefix: str) -> list[str]:
    """The labels of the rows of this kind, without the signs that keep their direction."""
    rows = [row[0] for row in human.card.keyboard if len(row) == 1]
    labels = [one.text for one in rows if (one.callback_data or "").startswith(prefix)]
    return [
        "".join(sign for sign in one if sign not in "\u2066\u2067\u2068\u2069") for one in labels
    ]


async def goes_to(human: Human, *words: str) -> None:
    """From the catalog on, by the Arabic names of these."""
    await human.sends("/catalog")
    for word in words:
        await human.taps(WORDS["ar"][word])


async def comes(shop: Shop, number: int, language: str) -> Human:
    human = person(shop, number, f"Reader {number}", language)
    await human.sends("/start")
    return human


@pytest.fixture
async def layla(shop: Shop, olga: Human) -> AsyncIterator[Human]:
    """An Arabic reader with ten dollars, some time after the catalogue was read in Arabic."""
    for language, words in WORDS.items():
        aged(shop).translations[language] = words
    human = await comes(shop, LAYLA, "ar")
    await olga.sends(f"/topup {LAYLA} 10")
    await shop.works()
    await shop.comes_to(A_LOOK)
    yield human
    assert not shop.trouble()


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
        await human.taps(words["subcategory"])
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
        assert human.times(words["name"]) >= 3, "the card, the goods and the end"
        await human.sends("/orders")
        assert [words["name"] in one for one in shown(human, "i:")] == [True]
        await opens(human, "i:")
        human.sees_last(words["name"])
        await opens(human, "g:")
        human.sees_last(words["name"])
        human.sees_nothing_of(*ENGLISH)
    assert sorted(asked_for(shop)) == ["ar", "pt-BR", "zh"]
    assert await shop.proof() == ()


class ClosedBooks:
    """Where translations cannot be read now."""

    async def find(self, *_: object, **__: object) -> Words:
        raise BooksClosed(why="locked")


@on_sqlite
async def test_what_cannot_be_looked_up_is_read_in_english(shop: Shop, layla: Human) -> None:
    known = shop.kiosk.shop.store.translate
    closed = replace(known, translations=cast("Translations", ClosedBooks()))
    names = [[one.name for one in (await each.catalog("ar", 0)).rows] for each in (known, closed)]
    assert WORDS["ar"]["category"] in names[0]
    assert names[1] == ["Email Accounts", "Games", "Instagram", "Social"]


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
    alice.sees("Aged account, quantity 3", "Order #1\nAged account\n3 pieces")
    alice.sees_nothing_of(*WORDS["ar"].values())


@on_sqlite
async def test_nothing_but_a_whole_catalogue_is_ever_asked_for_in_a_language(
    shop: Shop, layla: Human
) -> None:
    await goes_to(layla, "category", "subcategory", "name")
    await opens(layla, "q:")
    await layla.sends("2")
    await opens(layla, "y:")
    await shop.leaps(3, minutes=30)

    spoken = [one for one in shop.accplanet.received if "language" in one.params]
    assert {(one.action, one.params["language"]) for one in spoken} == {("services", "ar")}
    assert {name for one in spoken for name in one.params} <= {
        "action",
        "language",
        "limit",
        "key",
    }
    assert not [one for one in shop.hstockplus.received if "language" in one.params]


@on_sqlite
async def test_a_supplier_without_languages_stays_english(shop: Shop, layla: Human) -> None:
    await layla.sends("/catalog")
    await layla.taps("Email Accounts")
    await layla.taps("Mailbox")
    layla.sees_last("Mailbox", "Email Accounts")


async def test_a_half_translated_catalogue_falls_back_row_by_row_and_is_asked_again(
    shop: Shop, olga: Human
) -> None:
    fresh = shop.accplanet.services["10043"]
    aged(shop).translations["ar"] = {"name": WORDS["ar"]["name"]}
    layla = await comes(shop, LAYLA, "ar")
    await shop.comes_to(A_LOOK)

    await layla.sends("/catalog")
    await layla.taps("Social")
    await layla.taps("Instagram")
    names = [one.split(" · ")[0] for one in shown(layla, "s:")]
    assert names == [WORDS["ar"]["name"], "Fresh account"]
    await layla.taps(WORDS["ar"]["name"])
    layla.sees_last("Social › ".replace(" › ", ""), "Two years old.")

    aged(shop).translations["ar"] = WORDS["ar"]
    fresh.translations["ar"] = WORDS["ar"] | {"name": "حساب جديد"}
    await shop.comes_to(timedelta(minutes=11))
    assert asked_for(shop) == ["ar", "ar"]
    await goes_to(layla, "category", "subcategory")
    names = [one.split(" · ")[0] for one in shown(layla, "s:")]
    assert names == [WORDS["ar"]["name"], "حساب جديد"]


@on_sqlite
async def test_translations_that_came_once_outlive_a_day_without_any(
    shop: Shop, layla: Human
) -> None:
    aged(shop).translations.clear()
    await shop.leaps(3, hours=1)
    assert asked_for(shop) == ["ar"] * 4
    await layla.sends("/catalog")
    await layla.taps(WORDS["ar"]["category"])


@on_sqlite
async def test_a_supplier_that_answers_english_is_asked_once_an_hour_and_read_in_english(
    shop: Shop, olga: Human
) -> None:
    reader = await comes(shop, MEI, "ur")
    for _ in range(3):
        await shop.comes_to(A_LOOK)
    assert asked_for(shop) == ["ur"]
    await shop.comes_to(timedelta(minutes=30))
    await shop.comes_to(timedelta(minutes=31))
    await shop.comes_to(A_LOOK)
    assert asked_for(shop)[1:] in (["ur"], ["ur", "ur"])
    await reader.sends("/catalog")
    await reader.taps("Social")
    await reader.taps("Instagram")
    await reader.taps("Aged account")
    reader.sees_last("Aged account", "Two years old.")


@on_sqlite
async def test_only_languages_in_use_are_read_one_at_a_time_and_by_the_hour(
    shop: Shop, olga: Human
) -> None:
    shop.clock.turn(AN_HOUR)
    before = len(shop.accplanet.received)
    await looks(shop)
    assert len(shop.accplanet.received) == before, "English is there already"
    for number, code in enumerate(("fr", "de-at", "zh-hant", "xx", "en-gb")):
        await comes(shop, 50 + number, code)
    asked = []
    for _ in range(4):
        await shop.comes_to(A_LOOK)
        asked.append(len(asked_for(shop)))
    assert asked == [1, 2, 3, 3]
    assert asked_for(shop) == ["de", "fr", "zh"]

    await shop.comes_to(timedelta(days=31))
    await shop.comes_to(AN_HOUR)
    assert len(asked_for(shop)) == 3


@on_sqlite
@pytest.mark.parametrize(
    "fault",
    [
        reply_faults.empty_catalogue(),
        reply_faults.shrunken_catalogue(0),
        wire_faults.server_error(),
        wire_faults.broken_json(),
    ],
    ids=["empty", "shrunken", "500", "no JSON"],
)
async def test_an_absurd_or_failed_answer_leaves_what_was_there(
    shop: Shop, layla: Human, fault: Any
) -> None:
    aged(shop).translations["ar"] = {"name": "غير ذلك"}
    shop.accplanet.faults.next("services", fault, times=1)
    shop.clock.turn(AN_HOUR)
    await looks(shop)
    assert asked_for(shop) == ["ar", "ar"]
    await goes_to(layla, "category", "subcategory", "name")

    await shop.comes_to(timedelta(minutes=11))
    assert asked_for(shop) == ["ar"] * 3
    await goes_to(layla, "category", "subcategory")
    await layla.taps("غير ذلك")


async def test_a_renamed_service_is_never_called_by_its_old_translation(
    shop: Shop, layla: Human
) -> None:
    old, new = WORDS["ar"]["name"], "حساب آخر"
    await goes_to(layla, "category", "subcategory", "name")
    await opens(layla, "q:")
    await layla.sends("2")
    await opens(layla, "y:")
    await shop.works()

    aged(shop).name = "Another account"
    await shop.refreshes()
    await goes_to(layla, "category", "subcategory")
    assert "Another account" in shown(layla, "s:")[0]
    await layla.taps("Another account")
    layla.sees_last("Another account", "عمره سنتان")
    await layla.sends("/orders")
    assert old in shown(layla, "i:")[0], "it was bought under this name"

    aged(shop).translations["ar"] = WORDS["ar"] | {"name": new}
    await shop.comes_to(AN_HOUR)
    await layla.sends("/orders")
    assert "Aged account" in shown(layla, "i:")[0], "no longer known in Arabic, but not renamed"
    await goes_to(layla, "category", "subcategory")
    assert new in shown(layla, "s:")[0]


@on_sqlite
async def test_names_and_categories_are_in_the_order_of_the_readers_words(
    shop: Shop, olga: Human
) -> None:
    letters = {"Alpha": "я", "Beta": "б", "Gamma": "а", "Delta": "в"}
    for nth, (name, letter) in enumerate(letters.items()):
        more = {"category": "Kinds", "subcategory": "", "stock": 0 if name == "Gamma" else 5}
        row = shop.accplanet.put(account(20_000 + nth, name, "1", **more))
        row.translations["ru"] = {"name": f"{letter} {name}", "category": "Виды"}
    for nth in range(8):
        more = {"category": "Kinds", "subcategory": ""}
        shop.accplanet.put(account(21_000 + nth, f"Plain {nth}", "1", **more))
    shop.accplanet.services["507f1f77bcf86cd799439011"].translations["ru"] = {"category": "Игры"}
    await shop.refreshes()
    reader = await comes(shop, MEI, "ru")
    await shop.comes_to(A_LOOK)

    await reader.sends("/catalog")
    first = [one.split(" (")[0] for one in shown(reader, "k:")]
    assert first == ["Email Accounts", "Instagram", "Social", "Виды", "Игры"]
    await reader.taps("Виды")
    by_name = next(
        one for row in reader.card.keyboard for one in row if ":n" in str(one.callback_data)
    )
    await reader.forges(str(by_name.callback_data))
    names = [one.split(" · ")[0] for one in shown(reader, "s:")]
    assert names == [f"Plain {nth}" for nth in range(8)]
    await reader.taps("▶")
    names = [one.split(" · ")[0] for one in shown(reader, "s:")]
    assert names == ["б Beta", "в Delta", "я Alpha", "а Gamma"], "the sold-out one comes last"


@on_sqlite
async def test_operators_read_english_whatever_they_and_their_customers_speak(
    shop: Shop, layla: Human
) -> None:
    shop.telegram.people[OLGA].language_code = "ar"
    olga = person(shop, OLGA, "Olga", "ar")
    shop.clock.turn(timedelta(minutes=2))
    await olga.sends("/catalog")
    assert any(one.startswith(WORDS["ar"]["category"]) for one in shown(olga, "k:"))
    await goes_to(layla, "category", "subcategory", "name")
    await opens(layla, "q:")
    await layla.sends("2")
    await opens(layla, "y:")
    await shop.works()
    for command in ("/order 1", "/orders", f"/user {LAYLA}"):
        await olga.sends(command)
        said = olga.card.text + str(olga.card.labels)
        assert "Aged account" in said or command.startswith("/user"), said
        assert WORDS["ar"]["name"] not in said


@on_sqlite
async def test_credit_that_arrives_offers_the_purchase_in_the_readers_words(
    shop: Shop, olga: Human, layla: Human
) -> None:
    await goes_to(layla, "category", "subcategory", "name")
    await opens(layla, "q:")
    await layla.sends("99")
    layla.sees_last(WORDS["ar"]["name"])
    await olga.sends(f"/topup {LAYLA} 10")
    await shop.works()
    assert WORDS["ar"]["name"] in layla.card.keyboard[0][0].text


@on_sqlite
async def test_the_ugliest_translations_break_nothing(shop: Shop, olga: Human) -> None:
    await shop.kiosk.db.write(begin_high)
    for nth, ugly in enumerate(UGLY):
        row = shop.accplanet.put(account(70_000 + nth, f"Plain {nth}", "0.01"))
        other = UGLY[-nth - 1]
        row.translations["ar"] = {
            "name": ugly,
            "description": DESCRIPTION,
            "category": other,
            "subcategory": ugly,
        }
    await shop.refreshes()
    layla = await comes(shop, LAYLA, "ar")
    await olga.sends(f"/topup {LAYLA} 1000")
    await shop.comes_to(A_LOOK)
    shop.accplanet.default_timeline = completes(0)

    others = frozenset(f"m:{code}" for code in LANGUAGES)
    taps = await crawls(layla, "/catalog", "/orders", but=others)

    assert taps > 40
    told = [str(call.params) for call in shop.telegram.calls if call.chat_id == LAYLA]
    for ugly in ("A" * 100, "👩", "alert(1)</script> &amp; {name}", "bold both x"):
        assert any(ugly in one for one in told), ugly
    assert_everything_was_accepted(shop)
