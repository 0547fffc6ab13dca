"""Translations are asked for seldom, kept long, and bound to the English they stand for."""

from datetime import timedelta
from typing import Any

import pytest

from bot.base.topics import NEW_LANGUAGE
from sandbox.suppliers import reply_faults, wire_faults
from tests.conversation.catalog.languages.readers import (
    A_LOOK,
    AN_HOUR,
    LAYLA,
    MEI,
    WORDS,
    aged,
    asked_for,
    comes,
    goes_to,
    opens,
    shown,
)
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


async def looks(shop: Shop) -> None:
    """Only the languages are looked at, and nothing else that is due."""
    shop.kiosk.db.waker.event(NEW_LANGUAGE).set()
    await shop.works()


@on_sqlite
async def test_nothing_but_a_whole_catalogue_is_ever_asked_for_in_a_language(
    shop: Shop, layla: Human
) -> None:
    await goes_to(layla, "category", "name")
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
    names = [one.split(" · ")[0] for one in shown(layla, "s:")]
    assert names == [WORDS["ar"]["name"], "Fresh account"]
    await layla.taps(WORDS["ar"]["name"])
    layla.sees_last("Social › ".replace(" › ", ""), "Two years old.")

    aged(shop).translations["ar"] = WORDS["ar"]
    fresh.translations["ar"] = WORDS["ar"] | {"name": "حساب جديد"}
    await shop.comes_to(timedelta(minutes=11))
    assert asked_for(shop) == ["ar", "ar"]
    await goes_to(layla, "category")
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
    await shop.works()
    for minutes in (1, 1, 5, 15):
        await shop.comes_to(timedelta(minutes=minutes))
    before = asked_for(shop)
    assert before == ["ur"] * 5
    await shop.comes_to(timedelta(minutes=30))
    await shop.comes_to(timedelta(minutes=31))
    assert asked_for(shop)[5:] == ["ur"]
    await reader.sends("/catalog")
    await reader.taps("Social")
    await reader.taps("Aged account")
    reader.sees_last("Aged account", "Two years old.")


@on_sqlite
async def test_only_languages_in_use_are_read(shop: Shop, olga: Human) -> None:
    shop.clock.turn(AN_HOUR)
    before = len(shop.accplanet.received)
    await looks(shop)
    assert len(shop.accplanet.received) == before, "English is there already"
    for number, code in enumerate(("fr", "de-at", "zh-hant", "xx", "en-gb")):
        await comes(shop, 50 + number, code)
    await shop.works()
    assert sorted(asked_for(shop)) == ["de", "fr", "zh"]

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
    await goes_to(layla, "category", "name")

    await shop.comes_to(timedelta(minutes=11))
    assert asked_for(shop) == ["ar"] * 3
    await goes_to(layla, "category")
    await layla.taps("غير ذلك")


@on_sqlite
async def test_a_renamed_service_is_never_called_by_its_old_translation(
    shop: Shop, layla: Human
) -> None:
    old, new = WORDS["ar"]["name"], "حساب آخر"
    await goes_to(layla, "category", "name")
    await opens(layla, "q:")
    await layla.sends("2")
    await opens(layla, "y:")
    await shop.works()

    aged(shop).name = "Another account"
    await shop.refreshes()
    await goes_to(layla, "category")
    assert "Another account" in shown(layla, "s:")[0]
    await layla.taps("Another account")
    layla.sees_last("Another account", "عمره سنتان")
    await layla.sends("/orders")
    assert old in shown(layla, "i:")[0], "it was bought under this name"

    aged(shop).translations["ar"] = WORDS["ar"] | {"name": new}
    await shop.comes_to(AN_HOUR)
    await layla.sends("/orders")
    assert "Aged account" in shown(layla, "i:")[0], "no longer known in Arabic, but not renamed"
    await goes_to(layla, "category")
    assert new in shown(layla, "s:")[0]
