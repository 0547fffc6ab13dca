"""Translations are kept beside the English, read by key, and written only where they changed."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.base.ids import ServiceId
from bot.catalog import store, translation_store
from bot.catalog.recent_words import Translations
from bot.catalog.translation import Translation, Words
from bot.catalog.translation_store import Translated, Turn
from bot.people import customers
from bot.suppliers.port import Catalog
from tests.races import all_at_once
from tests.stored_shop import ACC, ALICE, BOB, HSTOCK, Books, listed

HOUR = timedelta(hours=1)


@pytest.fixture
def kept(books: Books) -> Translations:
    return Translations(books.db)


async def services(books: Books, count: int = 3) -> list[ServiceId]:
    rows = tuple(listed(str(nth), subcategory=f"Sub {nth}") for nth in range(count))
    await books.db.write(store.store, ACC, Catalog(rows))
    return sorted(service.id for service in (await books.db.read(store.load)).services)


def told(service: ServiceId, name: str = "", about: str = "") -> Translated:
    return Translated(
        service, Translation.made(name, "Mail account"), Translation.made(about, "Old.")
    )


async def test_exactly_what_is_asked_for_comes_back(books: Books, kept: Translations) -> None:
    first, second, third = await services(books)
    rows = [told(first, "Почта 📧", "<b>Стар</b>"), told(second, "Почта 2"), told(third)]

    assert await kept.store("ru", rows) == 2
    assert await kept.store("ar", [told(first, "بريد")]) == 1

    found = await kept.find("ru", [first, third], [], described=True)
    assert found.names == {first: Translation.made("Почта 📧", "Mail account")}
    assert found.descriptions == {first: Translation.made("<b>Стар</b>", "Old.")}
    assert (await kept.find("ru", [first], [])).descriptions == {}
    assert (await kept.find("ar", [first, second], [])).name(first, "Mail account") == "بريد"
    assert await kept.find("zh", [first, second, third], []) == Words()


async def test_only_what_changed_is_written_and_nothing_is_erased(
    books: Books, kept: Translations
) -> None:
    first, second, third = await services(books)
    rows = [told(one, f"Почта {one}", "Старая") for one in (first, second, third)]

    assert await kept.store("ru", rows) == 3
    assert await kept.store("ru", rows) == 0
    assert await kept.store("ru", [told(first), told(second, "", "Другая"), rows[2]]) == 1

    found = await kept.find("ru", [first, second, third], [], described=True)
    assert [found.name(one, "Mail account") for one in (first, second, third)] == [
        f"Почта {one}" for one in (first, second, third)
    ]
    assert [found.descriptions[one].text for one in (first, second, third)] == [
        "Старая",
        "Другая",
        "Старая",
    ]


async def test_categories_have_names_of_their_own(books: Books, kept: Translations) -> None:
    await services(books)
    labels = {
        category: f"Метка {category}" for category in (await books.db.read(store.load)).categories
    }

    assert await kept.store_labels("ru", labels) == len(labels)
    assert await kept.store_labels("ru", labels) == 0
    some = sorted(labels)[:2]
    assert (await kept.find("ru", [], some)).labels == {one: labels[one] for one in some}
    assert (await kept.find("ar", [], some)).labels == {}


async def test_a_category_of_very_many_is_read_as_well(books: Books, kept: Translations) -> None:
    first, *_ = await services(books)
    await kept.store("ru", [told(first, "Почта")])
    many = [ServiceId(10_000 + nth) for nth in range(33_000)]

    found = await kept.find("ru", [*many, first], [])

    assert list(found.names) == [first]


async def test_two_who_write_the_same_rows_write_them_once_each_and_alike(
    books: Books, kept: Translations
) -> None:
    other = Translations((await books.another()).db)
    rows = [told(service, "Почта", "Старая") for service in await services(books, 60)]

    written = await all_at_once(kept.store("ru", rows), other.store("ru", rows))

    assert all(isinstance(one, int) for one in written), written
    assert await kept.store("ru", rows) == 0


async def test_a_text_is_never_kept_without_the_mark_of_its_english(books: Books) -> None:
    first, *_ = await services(books)
    with pytest.raises(IntegrityError):
        await books.sql(
            f"INSERT INTO service_texts (language, service, name) VALUES ('ru', {first}, 'x')"  # noqa: S608 - a number
        )


async def test_languages_in_use_are_those_of_the_customers_seen_lately(books: Books) -> None:
    await books.meets(ALICE)
    await books.db.write(customers.set_language, ALICE, "ur")
    await books.meets(ALICE)
    for _ in range(3):
        books.wait(days=1)
        await books.meets(BOB)

    in_use = customers.languages_in_use
    assert await books.db.read(in_use, books.now - timedelta(days=4)) == ("en", "ur")
    assert await books.db.read(in_use, books.now - timedelta(days=2)) == ("en",)


async def test_new_languages_go_first_then_those_that_wait_longest(
    books: Books, kept: Translations
) -> None:
    turns = []
    for languages in (["ru"], ["ar", "ru"], ["ar", "ru"]):
        turn = await kept.claim(ACC, languages, books.now + HOUR)
        turns.append(turn)
        books.wait(minutes=1)
    assert turns == [Turn(ACC, "ru"), Turn(ACC, "ar"), None]
    assert await kept.claim(HSTOCK, ["ru"], books.now + HOUR) is not None

    read = Turn(ACC, "ar")
    await books.db.write(translation_store.done, read, books.now + HOUR)
    read_at = books.now
    books.wait(minutes=58)
    again = await kept.claim(ACC, ["ar", "ru", "zh"], books.now + HOUR)
    assert again == Turn(ACC, "zh")
    again = await kept.claim(ACC, ["ar", "ru", "zh"], books.now + HOUR)
    assert again == Turn(ACC, "ru"), "it was taken, and never read"
    books.wait(minutes=5)
    again = await kept.claim(ACC, ["ar", "ru", "zh"], books.now + HOUR)
    assert again == Turn(ACC, "ar", read_at)
    await books.db.write(translation_store.postpone, again, books.now + HOUR)
    assert await kept.claim(ACC, ["ar"], books.now + HOUR) is None
    books.wait(hours=1)
    assert await kept.claim(ACC, ["ar"], books.now + HOUR) == again, "it was not read meanwhile"


async def test_a_turn_is_taken_once_by_however_many(books: Books, kept: Translations) -> None:
    other = Translations((await books.another()).db)
    until = books.now + HOUR

    for _ in range(2):
        taken = await all_at_once(
            *(one.claim(ACC, ["ru"], until) for one in (kept, other, kept, other))
        )
        assert [one for one in taken if one is not None] == [Turn(ACC, "ru")]
        books.wait(hours=2)
        until = books.now + HOUR
