"""The search follows the shelf and its translations, and keeps a few languages in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.base.ids import CategoryId, ServiceId
from bot.catalog import standing, store
from bot.catalog.errors import NotForSaleReason
from bot.catalog.recent_words import Translations
from bot.catalog.search.find import Search
from bot.catalog.shelf import CurrentShelf, Shelf
from bot.catalog.translation import Translation
from bot.catalog.translation_store import Translated
from bot.i18n.countries import country_name
from bot.i18n.language import LANGUAGES
from bot.outbox.notices import SupplierCause
from bot.suppliers.port import Catalog
from tests.catalog.hiding.allowed import EVERYTHING
from tests.catalog.search.listed import PRICING, Listing
from tests.stored_shop import ACC, Books, listed

GMAIL, OLD_GMAIL = ServiceId(1), ServiceId(2)


@pytest.fixture
def listing() -> Listing:
    listing = Listing()
    listing.add("Gmail account", "Mail")
    listing.add("Old Gmail account 2019", "Mail")
    listing.add("Steam key", "Games")
    return listing


@pytest.fixture
def search(books: Books, listing: Listing) -> Search:
    shelf = CurrentShelf(listing.shelf())
    return Search(books.db, Translations(books.db), shelf, country_name)


async def names(search: Search, text: str, language: str = "en") -> list[str]:
    return [hit.shown for hit in await search.find(text, language)]


async def test_a_shelf_with_other_names_is_searched_by_them(
    search: Search, listing: Listing
) -> None:
    assert await names(search, "gmail") == ["Gmail account", "Old Gmail account 2019"]
    [gmail, *others] = listing.services
    renamed = replace(gmail, listed=replace(gmail.listed, name="Proton account"))
    search.shelf.now = Shelf([renamed, *others], listing.labels, PRICING, {}, hidings=EVERYTHING)

    assert await names(search, "gmail") == ["Old Gmail account 2019"]
    assert await names(search, "proton") == ["Proton account"]


async def test_what_cannot_be_bought_now_is_last(search: Search, listing: Listing) -> None:
    gmail = listing.services[0]
    await names(search, "gmail")
    for changed in (
        replace(gmail, listed=replace(gmail.listed, stock=0)),
        replace(gmail, hidden=NotForSaleReason.SERVICE_PAUSED),
    ):
        search.shelf.now = search.shelf.now.with_service(changed)
        assert await names(search, "gmail") == ["Old Gmail account 2019", "Gmail account"]
    search.shelf.now = search.shelf.now.with_service(gmail)
    assert await names(search, "gmail") == ["Gmail account", "Old Gmail account 2019"]


async def test_a_paused_supplier_sells_nothing(books: Books, search: Search) -> None:
    assert all(hit.is_on_sale for hit in await search.find("gmail", "en"))
    await books.db.write(standing.pause, ACC, SupplierCause.WALLET)

    assert not any(hit.is_on_sale for hit in await search.find("gmail", "en"))


async def test_translations_are_found_soon_after_they_are_stored(
    books: Books, search: Search
) -> None:
    rows = tuple(listed(str(nth), subcategory=f"Sub {nth}") for nth in range(3))
    await books.db.write(store.store, ACC, Catalog(rows))
    assert await names(search, "шкатулка", "ru") == []
    told = Translated(GMAIL, Translation.made("Золотая шкатулка", "Gmail account"), None)
    await search.translations.store("ru", [told])
    await search.translations.store_labels("ru", {CategoryId(1): "Сундуки"})
    books.wait(seconds=21)

    assert await names(search, "шкатулку золотую", "ru") == ["Золотая шкатулка"]
    assert (await names(search, "gmail", "ru"))[0] == "Золотая шкатулка"
    assert "Сундуки" in await names(search, "сундук", "ru")
    assert await names(search, "сундук", "zh") == []


async def test_every_language_can_be_searched_and_a_few_are_kept(
    books: Books, search: Search
) -> None:
    for language in LANGUAGES:
        assert (await names(search, "gmail", language))[0] == "Gmail account"

    assert len(search._kept) == 5  # noqa: SLF001 - how much is held is what is promised


async def test_the_nearest_are_guessed(search: Search) -> None:
    asked = "gmail nothing whatsoever called"
    assert await search.find(asked, "en") == ()
    assert [hit.shown for hit in await search.guess(asked, "en")] == [
        "Gmail account",
        "Old Gmail account 2019",
    ]


async def test_an_empty_shelf_answers(books: Books) -> None:
    empty = CurrentShelf.empty(PRICING)
    search = Search(books.db, Translations(books.db), empty, country_name)

    assert await search.find("gmail", "ru") == ()
    assert await search.guess("", "en") == ()
    books.wait(seconds=timedelta(hours=1).total_seconds())
    assert await search.find("🔥", "en") == ()
