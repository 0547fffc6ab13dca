"""HstockPlus in the reader's language, where its server knows one, and its countries anyway."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.suppliers.numbers import SmsProject
from tests.conversation.catalog.languages.readers import (
    A_LOOK,
    AN_HOUR,
    LAYLA,
    MEI,
    comes,
    opens,
    shown,
)
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

MAILBOX = {"name": "Почтовый ящик", "category": "Почта", "subcategory": "Джимейл"}


@pytest.fixture(autouse=True)
def stocked(shop: Shop) -> Iterator[None]:
    """What it sells, some of it known in Russian."""
    shop.hstockplus.services["77"].translations["ru"] = MAILBOX
    shop.hstockplus.projects = [
        SmsProject(
            project_id="65f1",
            name="Other service",
            price=Decimal("0.30"),
            country_id=country,
            country_title=title,
            names={"ru": "Другой сервис"},
            titles={"ru": russian} if russian else {},
        )
        for country, title, russian in (
            ("us", "United States", "Штаты"),
            ("de", "Germany", ""),
            ("49", "Turkey", ""),
        )
    ]
    yield
    assert not shop.trouble()


def spoken(shop: Shop) -> list[tuple[str, str]]:
    """What was asked in which language, in its order."""
    return [
        (one.action, one.params["lang"])
        for one in shop.hstockplus.received
        if "lang" in one.params
    ]


async def reads_russian(shop: Shop) -> Human:
    await shop.refreshes()
    [supplier] = [one for one in shop.kiosk.shop.suppliers.values() if one.rents_numbers]
    await shop.kiosk.shop.refresh.numbers(supplier)
    reader = await comes(shop, MEI, "ru")
    await shop.comes_to(A_LOOK)
    return reader


@on_sqlite
async def test_a_newer_server_is_read_in_the_readers_language(shop: Shop, olga: Human) -> None:
    shop.hstockplus.is_newer = True
    reader = await reads_russian(shop)

    await reader.sends("/catalog")
    assert any(one.startswith("Почта") for one in shown(reader, "k:"))
    await reader.taps("Почта")
    await reader.taps("Почтовый ящик")
    reader.sees_last("Почтовый ящик", "Почта")
    await reader.sends("/numbers")
    await reader.taps("Другой сервис")
    reader.sees_last("Другой сервис")
    named = [one.split(" · ")[0] for one in shown(reader, "r:")]
    assert sorted(named) == ["🇩🇪 Германия", "🇹🇷 Турция", "🇺🇸 Штаты"]
    assert set(spoken(shop)) == {
        ("categories", "ru"),
        ("services", "ru"),
        ("sms_projects", "ru"),
        ("sms_countries", "ru"),
    }


@on_sqlite
async def test_a_rented_number_is_told_of_in_the_readers_language_and_leads_on(
    shop: Shop, olga: Human
) -> None:
    shop.hstockplus.is_newer = True
    reader = await reads_russian(shop)
    await olga.sends(f"/topup {MEI} 10")
    await reader.sends("/numbers")
    await reader.taps("Другой сервис")
    await reader.taps("Германия")
    reader.sees_last("Другой сервис", "Германия")
    await opens(reader, "y:")
    await shop.works()
    await shop.passes(seconds=20)
    assert reader.times("Другой сервис, 🇩🇪 Германия") >= 2
    await reader.taps("🌍")
    assert "Штаты" in str(shown(reader, "r:"))
    reader.sees_nothing_of("Germany", "Other service")


@on_sqlite
@pytest.mark.parametrize("refuses", [False, True], ids=["overlooks it", "refuses it"])
async def test_an_older_server_is_left_alone_and_asked_again_the_next_day(
    shop: Shop, olga: Human, refuses: bool
) -> None:
    shop.hstockplus.refuses_lang = refuses
    reader = await reads_russian(shop)
    await shop.comes_to(AN_HOUR)
    assert spoken(shop) == [("categories", "ru")]
    await reader.sends("/catalog")
    await reader.taps("Email Accounts")
    await reader.taps("Mailbox")
    await reader.sends("/numbers")
    await opens(reader, "e:")
    named = sorted(one.split(" · ")[0] for one in shown(reader, "r:"))
    assert named == ["🇩🇪 Германия", "🇹🇷 Турция", "🇺🇸 Соединенные Штаты"]  # CLDR knows countries

    shop.hstockplus.is_newer = True
    shop.hstockplus.refuses_lang = False
    await shop.comes_to(timedelta(hours=24))
    await reader.sends("/catalog")
    assert any(one.startswith("Почта") for one in shown(reader, "k:"))


@on_sqlite
async def test_who_reads_a_language_that_it_does_not_speak_reads_countries_at_least(
    shop: Shop, olga: Human
) -> None:
    shop.hstockplus.is_newer = True
    await reads_russian(shop)
    layla = await comes(shop, LAYLA, "tr")
    await shop.comes_to(A_LOOK)
    await layla.sends("/numbers")
    await opens(layla, "e:")
    named = sorted(one.split(" · ")[0] for one in shown(layla, "r:"))
    assert named == ["🇩🇪 Almanya", "🇹🇷 Türkiye", "🇺🇸 Amerika Birleşik Devletleri"]
    assert {language for _, language in spoken(shop)} == {"ru"}
