"""Catalogues are compared row by row, keep their ids, and tell every process when they change."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.base.keys import supplier_cause
from bot.catalog import standing
from bot.catalog import store as catalog_rows
from bot.catalog.standing import resume_supplier
from bot.outbox import tell
from bot.outbox.notices import SupplierAlert, SupplierCause
from bot.suppliers.port import Balance, Catalog
from tests.races import all_at_once
from tests.stored_shop import ACC, BY, HSTOCK, Books, listed


def catalog(*remotes: str, **changes: object) -> Catalog:
    return Catalog(tuple(listed(remote, **changes) for remote in remotes))


async def store(books: Books, stored: Catalog) -> int:
    return await books.db.write(catalog_rows.store, ACC, stored)


async def gone(books: Books) -> dict[str, bool]:
    return {
        service.listed.remote_id: service.gone
        for service in (await books.db.read(catalog_rows.load)).services
    }


async def test_what_was_listed_comes_back_digit_by_digit(books: Books) -> None:
    row = listed(
        "ab-12",
        name="Почта 📧",
        subcategory="Gmail",
        rate=Decimal("0.123456789012345678"),
        stock=None,
        description="<b>x</b>",
        type="Default",
        entity_type="product",
        auto_delivery=True,
        problem="",
    )
    await store(books, Catalog((row,)))

    stored = await books.db.read(catalog_rows.load)

    assert [service.listed for service in stored.services] == [row]
    path = stored.categories[stored.services[0].category]
    assert path.name == "Gmail"
    assert path.parent is not None
    assert stored.categories[path.parent].name == "Mail"


async def test_only_what_changed_is_written(books: Books) -> None:
    assert await store(books, catalog("1", "2", "3")) == 3
    assert await store(books, catalog("1", "2", "3")) == 0
    rows = (*catalog("1", "2").rows, listed("3", stock=7))
    assert await store(books, Catalog(rows)) == 1


async def test_what_is_gone_keeps_its_id_and_may_come_back(books: Books) -> None:
    await store(books, catalog("1", "2"))
    first = await books.service("2")

    assert await store(books, catalog("1")) == 1
    assert await gone(books) == {"1": False, "2": True}
    assert await store(books, catalog("1")) == 0

    assert await store(books, catalog("1", "2")) == 1
    assert await gone(books) == {"1": False, "2": False}
    assert (await books.service("2")).id == first.id


async def test_an_empty_catalogue_marks_all_of_its_own_supplier_only(books: Books) -> None:
    await store(books, catalog("1"))
    await books.db.write(catalog_rows.store, HSTOCK, catalog("9"))

    await store(books, catalog())

    assert await gone(books) == {"1": True, "9": False}


@pytest.mark.long
async def test_ten_thousand_rows_are_stored_once(books: Books) -> None:
    many = catalog(*(str(number) for number in range(10_000)))

    assert await store(books, many) == 10_000
    assert await store(books, many) == 0
    assert len((await books.db.read(catalog_rows.load)).services) == 10_000


async def test_words_that_many_rows_have_in_common_are_kept_once(books: Books) -> None:
    await books.db.write(catalog_rows.store, ACC, catalog("r1", "r2", entity_type="product line"))

    one, other = (await books.db.read(catalog_rows.load)).services

    assert one.supplier is other.supplier
    for name in ("category", "subcategory", "type", "entity_type", "problem"):
        assert getattr(one.listed, name) is getattr(other.listed, name), name


async def test_two_processes_that_store_at_once_store_one_catalogue(books: Books) -> None:
    other = await books.another()
    many = catalog(*(str(number) for number in range(20)))

    changed = await all_at_once(
        *((books, other)[turn % 2].db.write(catalog_rows.store, ACC, many) for turn in range(4))
    )

    assert sorted(str(one) for one in changed) == ["0", "0", "0", "20"]
    assert len((await books.db.read(catalog_rows.load)).services) == 20


async def test_every_change_of_two_processes_makes_a_new_version(books: Books) -> None:
    other = await books.another()
    before = await books.db.read(catalog_rows.version)

    await all_at_once(
        *(
            (books, other)[turn % 2].db.write(
                catalog_rows.store, (ACC, HSTOCK)[turn % 2], catalog()
            )
            for turn in range(10)
        )
    )

    assert await books.db.read(catalog_rows.version) == before + 10


async def test_a_row_is_as_fresh_as_its_last_reading(books: Books) -> None:
    await store(books, catalog("1", "2"))
    books.wait(minutes=5)
    read_at = books.now
    await store(books, catalog("1", "2"))
    books.wait(minutes=5)
    service = await books.service("1")
    row = listed("1", rate=Decimal(2))
    await books.db.write(catalog_rows.store_one, service.id, row, books.now)

    first, second = await books.service("1"), await books.service("2")
    assert (first.read_at, first.listed.rate) == (books.now, Decimal(2))
    assert second.read_at == read_at
    assert (await books.db.read(standing.state, ACC)).rows == 2


async def test_a_service_marked_gone_is_back_when_it_is_read_again(books: Books) -> None:
    service = await books.stocks()
    version = await books.db.read(catalog_rows.version)

    await books.db.write(catalog_rows.mark_gone, service.id, books.now)
    assert await gone(books) == {"r1": True}
    assert await books.db.read(catalog_rows.version) > version

    await books.db.write(catalog_rows.store_one, service.id, listed(), books.now)
    assert await gone(books) == {"r1": False}


async def test_a_service_that_changes_its_label_keeps_its_id(books: Books) -> None:
    service = await books.stocks()

    await store(books, catalog("r1", category="Games"))

    moved = await books.service("r1")
    stored = await books.db.read(catalog_rows.load)
    assert moved.id == service.id
    assert stored.categories[moved.category].name == "Games"


async def test_equal_labels_below_different_parents_are_different(books: Books) -> None:
    rows = (
        listed("1", category="A", subcategory="Other"),
        listed("2", category="B", subcategory="Other"),
        listed("3", category="Other"),
    )
    await store(books, Catalog(rows))

    assert (
        len({service.category for service in (await books.db.read(catalog_rows.load)).services})
        == 3
    )


# Suppliers


async def test_a_supplier_may_be_paused_for_several_causes(books: Books) -> None:
    async def pauses() -> tuple[SupplierCause, ...]:
        return (await books.db.read(standing.state, ACC)).pauses

    async def pause(why: SupplierCause) -> bool:
        return await books.db.write(standing.pause, ACC, why)

    async def resume(why: SupplierCause) -> bool:
        return await books.db.write(standing.resume, ACC, why)

    key, wallet = SupplierCause.KEY, SupplierCause.WALLET
    assert await pauses() == ()
    assert [await pause(why) for why in (key, wallet, key)] == [True, True, False]
    assert await pauses() == (key, wallet)

    assert [await resume(key) for _ in range(2)] == [True, False]
    assert await pauses() == (wallet,)
    assert [await resume(wallet) for _ in range(2)] == [True, False]


async def test_an_operator_lifts_every_pause_and_ends_what_was_told_of_them(books: Books) -> None:
    for why in (SupplierCause.KEY, SupplierCause.WALLET):
        await books.db.write(standing.pause, ACC, why)
        alert = SupplierAlert(ACC, why)
        await books.db.write(tell.begin_alert, supplier_cause(why, ACC), alert)

    resumed = [await books.db.write(resume_supplier, BY, ACC) for _ in range(2)]

    assert resumed == [True, False]
    assert (await books.db.read(standing.state, ACC)).pauses == ()
    assert await books.sql('SELECT count(*) FROM alerts WHERE "on" = 1') == [(0,)]
    acts = await books.sql('SELECT actor, action, subject, "before" FROM audit_log')
    assert acts == [(BY.actor, "resume", f"supplier:{ACC}", "key,wallet")]


async def test_a_balance_is_remembered_exactly_and_survives_a_catalogue(books: Books) -> None:
    balance = Balance(Decimal("12.3400000001"), "USD")
    await books.db.write(standing.note_balance, ACC, balance)
    books.wait(minutes=1)
    await store(books, catalog("1"))

    state = await books.db.read(standing.state, ACC)

    assert (state.balance, state.balance_at) == (balance, books.now - timedelta(minutes=1))
    assert state.read_at == books.now
