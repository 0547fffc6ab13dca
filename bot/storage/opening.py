"""Open the books: migrated, in the currency they were begun in, sealed with a key we have."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, insert, select

from bot.storage.house import House
from bot.storage.migrations import migrate
from bot.storage.tables import facts

_CURRENCY: Final = "currency"
_SEAL: Final = "seal"
_PROBE: Final = "kiosk"


class WrongBooks(Exception):
    """The database was begun under other settings; the text names the setting."""


def open_books(connection: Connection, house: House) -> None:
    """Bring the database to today's shape and compare what must never change.

    Raises:
        WrongBooks: the currency differs, or no key opens what is sealed.
    """
    migrate(connection)
    kept = {row.name: row.value for row in connection.execute(select(facts))}
    if _CURRENCY not in kept:
        _note(connection, _CURRENCY, house.currency)
    elif kept[_CURRENCY] != house.currency:
        message = f"CURRENCY is {house.currency}, but the books were begun in {kept[_CURRENCY]}"
        raise WrongBooks(message)
    if _SEAL not in kept:
        _note(connection, _SEAL, house.sealer.seal(_PROBE))
    else:
        _check_seal(house, kept[_SEAL])


def _note(connection: Connection, name: str, value: str) -> None:
    connection.execute(insert(facts).values(name=name, value=value))


def _check_seal(house: House, sealed: str) -> None:
    try:
        house.sealer.unseal(sealed)
    except Exception as failure:  # whatever the sealer raises, the key is the cause
        message = "GOODS_KEY does not open the goods in this database: put the right key back"
        raise WrongBooks(message) from failure
