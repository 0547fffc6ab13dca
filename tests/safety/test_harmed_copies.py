"""A copy that is not whole, or not ours, changes nothing where it was to go."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.db.schema_check import WrongDatabase
from bot.db.tx import TxSettings
from bot.ops.seal import Seal
from bot.safety.copies import CannotCopy, read_copy, restore_copy
from tests.books import OTHER_KEY, tables_in
from tests.safety.copying import (
    changes,
    comes_back,
    copied,
    cut_short,
    from_sqlite,
    is_a_diary,
)
from tests.stored_shop import SETTINGS, Books


def _scratched(file: Path) -> None:
    held = bytearray(file.read_bytes())
    held[5000:9000] = b"\xff" * 4000
    file.write_bytes(held)


def _newer(file: Path) -> None:
    changes(file, "UPDATE alembic_version SET version_num = '9999'")


def _plain_file(file: Path) -> None:
    changes(file, "DELETE FROM facts WHERE name = 'copied_at'")


def _cooked(file: Path) -> None:
    changes(file, "DROP TRIGGER balances_follow_transfers")
    changes(file, "UPDATE accounts SET balance = balance + 1 WHERE kind = 'customer'")


def _orphaned(file: Path) -> None:
    changes(file, "DELETE FROM quotes")


Harm = Callable[[Path], None]


@from_sqlite
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (cut_short, "damaged"),
        (_scratched, "damaged"),
        (is_a_diary, "damaged, or no copy"),
        (_newer, "of version 9999, this Kiosk works with"),
        (_plain_file, "was not made by"),
        (_cooked, "do not prove: all accounts together hold"),
        (_orphaned, "rows refer to rows not there"),
    ],
)
async def test_a_copy_that_is_not_whole_changes_nothing(
    busy: Books, elsewhere: Books, file: Path, harm: Harm, said: str
) -> None:
    await copied(busy, file)
    harm(file)
    with pytest.raises(CannotCopy, match=said):
        await comes_back(elsewhere, file)

    assert await elsewhere.db.read(tables_in) == 0


async def test_a_copy_that_is_not_there_is_one_line(elsewhere: Books, file: Path) -> None:
    with pytest.raises(CannotCopy, match="is not there"):
        await comes_back(elsewhere, file)


@from_sqlite
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (TxSettings(Seal.with_keys([OTHER_KEY])), "GOODS_KEY"),
        (TxSettings(SETTINGS.sealer, currency="EUR"), "CURRENCY"),
    ],
)
async def test_a_copy_under_another_key_or_currency_changes_nothing(
    busy: Books, elsewhere: Books, file: Path, settings: TxSettings, said: str
) -> None:
    await copied(busy, file)
    with pytest.raises(WrongDatabase, match=said):
        await comes_back(elsewhere, file, settings)

    assert await elsewhere.db.read(tables_in) == 0


@from_sqlite
async def test_a_restore_that_is_cut_off_leaves_nothing_behind(
    busy: Books, elsewhere: Books, file: Path
) -> None:
    await copied(busy, file)
    found = await read_copy(file, SETTINGS)
    changes(file, "DELETE FROM order_events")  # between the look and the way back
    with pytest.raises(CannotCopy, match="did not arrive whole"):
        await restore_copy(elsewhere.db, file, found, elsewhere.now)

    assert await elsewhere.db.read(tables_in) == 0
