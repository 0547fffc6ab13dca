"""Open the database: migrated, in the currency that it was begun in, sealed with a key of ours."""

from __future__ import annotations

from typing import Final

from sqlalchemy import insert, select

from bot.db.meta import PROBE, facts
from bot.db.migrations import migrate
from bot.db.schema_check import WrongDatabase, kiosk_schema
from bot.db.tx import Tx, TxSettings

_CURRENCY: Final = "currency"
_WORD: Final = "kiosk"


def open_schema(tx: Tx) -> None:
    """Bring the database to today's shape and compare what must never change.

    Raises WrongDatabase: another currency, no key for its seals, a newer Kiosk, another program.
    """
    migrate(tx.connection)
    kept = compare(tx)
    if _CURRENCY not in kept:
        _note(tx, _CURRENCY, tx.settings.currency)
    if PROBE not in kept:
        _note(tx, PROBE, tx.settings.sealer.seal(_WORD))


def compare(tx: Tx) -> dict[str, str]:
    """The facts of a database in our currency, under a key of ours. Raises WrongDatabase."""
    with kiosk_schema():
        kept = {row.name: row.value for row in tx.execute(select(facts))}
    if kept.get(_CURRENCY, tx.settings.currency) != tx.settings.currency:
        message = (
            f"CURRENCY is {tx.settings.currency}, but the books were begun in {kept[_CURRENCY]}"
        )
        raise WrongDatabase(message)
    if PROBE in kept:
        _check_seal(tx.settings, kept[PROBE])
    return kept


def _note(tx: Tx, name: str, value: str) -> None:
    tx.execute(insert(facts).values(name=name, value=value))


def _check_seal(settings: TxSettings, sealed: str) -> None:
    try:
        settings.sealer.unseal(sealed)
    except Exception as failure:  # whatever the sealer raises, the key is the cause
        message = "GOODS_KEY does not open the goods in this database: put the right key back"
        raise WrongDatabase(message) from failure
