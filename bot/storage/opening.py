"""Open the books: migrated, in the currency they were begun in, sealed with a key we have."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, insert, select

from bot.storage.house import House
from bot.storage.migrations import migrate
from bot.storage.sealed import PROBE
from bot.storage.shape import WrongBooks, only_kiosks
from bot.storage.tables import facts

_CURRENCY: Final = "currency"
_WORD: Final = "kiosk"


def open_books(connection: Connection, house: House) -> None:
    """Bring the database to today's shape and compare what must never change.

    Raises:
        WrongBooks: the currency differs, no key opens what is sealed, a newer Kiosk has changed
            it, or it is another program's.
    """
    migrate(connection)
    kept = compare(connection, house)
    if _CURRENCY not in kept:
        _note(connection, _CURRENCY, house.currency)
    if PROBE not in kept:
        _note(connection, PROBE, house.sealer.seal(_WORD))


def compare(connection: Connection, house: House) -> dict[str, str]:
    """The facts of a database that is ours: in our currency, and sealed with a key of ours.

    Raises:
        WrongBooks: it is not.
    """
    with only_kiosks():
        kept = {row.name: row.value for row in connection.execute(select(facts))}
    if kept.get(_CURRENCY, house.currency) != house.currency:
        message = f"CURRENCY is {house.currency}, but the books were begun in {kept[_CURRENCY]}"
        raise WrongBooks(message)
    if PROBE in kept:
        _check_seal(house, kept[PROBE])
    return kept


def _note(connection: Connection, name: str, value: str) -> None:
    connection.execute(insert(facts).values(name=name, value=value))


def _check_seal(house: House, sealed: str) -> None:
    try:
        house.sealer.unseal(sealed)
    except Exception as failure:  # whatever the sealer raises, the key is the cause
        message = "GOODS_KEY does not open the goods in this database: put the right key back"
        raise WrongBooks(message) from failure
