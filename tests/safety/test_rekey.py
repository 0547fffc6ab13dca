"""A new key takes over while the shop works: nothing is lost, wherever the change is cut off."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.db.database import Call, Database
from bot.db.opening import open_schema
from bot.db.schema_check import WrongDatabase
from bot.db.tx import P, T, Transaction, Tx, TxSettings
from bot.numbers.tables import rentals
from bot.ops.seal import Seal, SealBroken
from bot.orders.tables import goods, orders, quotes
from bot.safety.rekey import Rekey, Rekeyed, note_keys
from bot.safety.sealed import SEALED, list_after, replace_all
from bot.safety.tables import metadata
from tests.books import KEY, OTHER_KEY
from tests.stored_shop import SETTINGS, Books, says

NEW_KEY = "YSBuZXcga2V5IG9ubHkgZm9yIG91ciB0ZXN0cyEhISE="
BOTH = replace(SETTINGS, sealer=Seal.with_keys([NEW_KEY, KEY]))
ONLY_NEW = replace(SETTINGS, sealer=Seal.with_keys([NEW_KEY]))
LINK = "https://example.com/alice"
PHONE = "+15550001"


class Watched(Database):
    """A database that counts what is written, and may die before some write."""

    def __init__(self, inner: Database, dies_at: int = 0) -> None:
        super().__init__(inner.clock, inner.waker)
        self.settings = inner.settings
        self.inner = inner
        self.dies_at = dies_at
        self.writes: list[Any] = []

    async def write(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self.dies_at and len(self.writes) + 1 >= self.dies_at:
            raise KeyboardInterrupt
        self.writes.append(args)
        return await super().write(fn, *args, **kwargs)

    async def _write(self, call: Call[T]) -> T:
        return await self.inner._write(call)  # noqa: SLF001 - it is the engine of another object

    async def _read(self, call: Call[T]) -> T:
        return await self.inner._read(call)  # noqa: SLF001 - the same

    async def listen(self, stopping: asyncio.Event) -> None:
        await self.inner.listen(stopping)

    async def close(self) -> None:
        await self.inner.close()


@pytest.fixture
async def sealed(rich: Books) -> Books:
    """An order with two batches of goods, a link, a quote with one, and a rented phone."""
    due = await rich.has_active(quantity=2, total="2")
    await rich.hears(due, says("In progress", "ann:1"))
    await rich.hears(due, says("In progress", "ann:1", "ben:2"))
    await rich.db.write(_add_link_and_phone)
    return rich


def _add_link_and_phone(tx: Tx) -> None:
    tx.execute(orders.update().values(link=SETTINGS.seal(LINK)))
    tx.execute(quotes.update().values(link=SETTINGS.seal(LINK)))
    at = tx.execute(select(orders.c.created_at)).scalar_one()
    line = {"order_id": 1, "supplier": "accplanet", "phone": SETTINGS.seal(PHONE), "project": "1"}
    more = {"country": "de", "country_title": "Germany", "state": "waiting", "due_at": at}
    row = insert(rentals).values(rented_at=at, expires_at=at, **line, **more)
    tx.execute(row)


async def everything(books: Books) -> list[str]:
    """Every sealed value in the database, the probe among them."""
    found = [
        held
        for column in SEALED
        for _, held in await books.db.read(list_after, column, None, 1000)
    ]
    return found + [row[0] for row in await books.sql("SELECT value FROM facts WHERE name='seal'")]


def opens(settings: TxSettings, sealed: list[str]) -> bool:
    try:
        return bool([settings.sealer.unseal(one) for one in sealed])
    except SealBroken:
        return False


async def rekey(books: Books) -> Rekeyed:
    """As the command does it, with the new key and the old one."""
    books.db.settings = BOTH
    return await Rekey(books.db)()


async def opens_with(settings: TxSettings, books: Books) -> None:
    """What a start does, with these keys."""
    books.db.settings = settings
    await books.db.write(open_schema)


def test_every_sealed_column_there_is_takes_part() -> None:
    walked = {(one.table.name, one.name) for one in SEALED}
    named = {"sealed", "phone", "link", "said", "query"}
    held = {(t.name, c.name) for t in metadata.sorted_tables for c in t.c if c.name in named}
    held -= {("attempts", "said"), ("answers", "said")}  # a supplier's words, read masked

    assert walked == held


async def test_afterwards_the_new_key_alone_opens_everything(sealed: Books) -> None:
    assert opens(SETTINGS, await everything(sealed))
    done = await rekey(sealed)

    held = await everything(sealed)
    assert done == Rekeyed(looked_at=5, renewed=5, broken=0)
    assert opens(ONLY_NEW, held)
    assert not any(opens(SETTINGS, [one]) for one in held)
    await opens_with(ONLY_NEW, sealed)
    with pytest.raises(WrongDatabase, match="GOODS_KEY"):
        await opens_with(SETTINGS, sealed)
    assert ONLY_NEW.unseal((await sealed.sql("SELECT link FROM orders"))[0][0]) == LINK
    assert await sealed.faults() == ()


async def test_a_second_run_finds_nothing_to_do_and_writes_no_row(sealed: Books) -> None:
    await rekey(sealed)
    before = await everything(sealed)

    assert await rekey(sealed) == Rekeyed(5, 0, 0)
    assert await everything(sealed) == before


@pytest.mark.parametrize("dies_at", [1, 2, 3, 4, 5])
async def test_cut_off_anywhere_both_keys_go_on_and_a_new_run_ends_it(
    sealed: Books, dies_at: int
) -> None:
    sealed.db.settings = BOTH
    with pytest.raises(KeyboardInterrupt):
        await Rekey(Watched(sealed.db, dies_at))()

    assert opens(BOTH, await everything(sealed))
    with pytest.raises(WrongDatabase, match="GOODS_KEY"):  # the old key is not to be taken out yet
        await opens_with(ONLY_NEW, sealed)
    await rekey(sealed)
    assert opens(ONLY_NEW, await everything(sealed))


async def test_rows_are_changed_a_few_at_a_time(sealed: Books) -> None:
    def more(tx: Tx) -> None:
        at = tx.execute(select(goods.c.at).limit(1)).scalar_one()
        for batch in range(3, 8):
            line = {"order_id": 1, "batch": batch, "count": 1, "at": at}
            tx.execute(insert(goods).values(sealed=SETTINGS.seal(f"x{batch}"), **line))

    await sealed.db.write(more)
    sealed.db.settings = BOTH
    watched = Watched(sealed.db)
    done = await Rekey(watched, batch=2)()

    changes = [args[1] for args in watched.writes if len(args) == 2]
    assert done.renewed == 10
    assert max(map(len, changes)) == 2
    assert opens(ONLY_NEW, await everything(sealed))


async def test_what_the_shop_writes_meanwhile_is_never_written_over(sealed: Books) -> None:
    [phones] = [one for one in SEALED if one.name == "phone"]
    [(place, old)] = await sealed.db.read(list_after, phones, None, 10)
    newer = BOTH.seal("+15550002")
    await sealed.sql(f"UPDATE rentals SET phone = '{newer}'")  # noqa: S608 - base64

    renewed = [(place, old, BOTH.sealer.renew(old))]
    assert await sealed.db.write(replace_all, phones, renewed) == 0
    assert await sealed.sql("SELECT phone FROM rentals") == [(newer,)]


async def test_what_opens_with_no_key_is_counted_left_alone_and_keeps_the_probe(
    sealed: Books,
) -> None:
    strange = Seal.with_keys([OTHER_KEY]).seal("?")
    await sealed.sql(f"UPDATE rentals SET phone = '{strange}'")  # noqa: S608 - base64
    done = await rekey(sealed)

    assert done == Rekeyed(looked_at=5, renewed=4, broken=1)
    assert await sealed.sql("SELECT phone FROM rentals") == [(strange,)]
    with pytest.raises(WrongDatabase, match="GOODS_KEY"):
        await opens_with(ONLY_NEW, sealed)


async def test_a_shop_that_runs_without_the_new_key_is_not_locked_out(sealed: Books) -> None:
    await sealed.db.write(note_keys)
    with pytest.raises(WrongDatabase, match="Restart the bot with both keys first"):
        await rekey(sealed)
    assert opens(SETTINGS, await everything(sealed))

    sealed.db.settings = BOTH
    await sealed.db.write(note_keys)
    assert (await rekey(sealed)).renewed == 5
