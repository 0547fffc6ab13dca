"""Delivered units are found by fingerprints, without unsealing anything.

A fingerprint is a keyed hash: whoever has the database alone can neither read it back nor try
accounts against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from bot.base.digits import western_digits
from bot.base.ids import OrderId
from bot.db.tx import Sealer, Tx, insert_for
from bot.orders.tables import fingerprints

PHONE: Final = 0
"""The batch under which a rented number's phone is found."""
_END_OF_FIRST: Final = re.compile(r"----|[:|;\s]")
_LONGEST: Final = 4_000
_FOUND_AT_MOST: Final = 8
_NO_PHONE: Final = re.compile(r"[^0-9]")
_SHORTEST_PHONE: Final = 5


def unit_texts(unit: str) -> frozenset[str]:
    """What a delivered unit is known by: its whole text and its first field, in lower case.

    Nothing of one that is empty. Cut first: what a supplier writes may be of any length.
    """
    whole = unit.strip()[:_LONGEST].casefold()
    first = _END_OF_FIRST.split(whole, maxsplit=1)[0]
    return frozenset(text for text in (whole, first) if text)


def phone_text(phone: str) -> str:
    """A phone by its digits alone; empty for what cannot be one."""
    digits = _NO_PHONE.sub("", western_digits(phone[:_LONGEST]))
    return digits if len(digits) >= _SHORTEST_PHONE else ""


def fingerprints_of(sealer: Sealer, texts: Iterable[str]) -> frozenset[str]:
    """The fingerprints of these texts under the newest key."""
    return frozenset(sealer.fingerprints(text)[0] for text in texts if text)


def note_units(tx: Tx, order: OrderId, batch: int, units: Iterable[str]) -> str:
    """Let the units of a batch be found; the mark of the key that was used."""
    texts = {text for unit in units for text in unit_texts(unit)}
    return note_fingerprints(tx, order, batch, fingerprints_of(tx.settings.sealer, texts))


def note_phone(tx: Tx, order: OrderId, phone: str) -> str:
    """Let a rented number be found by its phone; the mark of the key that was used."""
    texts = [phone_text(phone)]
    return note_fingerprints(tx, order, PHONE, fingerprints_of(tx.settings.sealer, texts))


def note_fingerprints(tx: Tx, order: OrderId, batch: int, found: frozenset[str]) -> str:
    """Write fingerprints of a batch down, those that are not there yet; the newest key's mark."""
    rows = [
        {"order_id": order, "batch": batch, "fingerprint": fingerprint}
        for fingerprint in sorted(found)
    ]
    if rows:
        tx.execute(insert_for(tx, fingerprints).values(rows).on_conflict_do_nothing())
    return tx.settings.sealer.marks[0]


def find_delivered(tx: Tx, typed: str) -> tuple[OrderId, ...]:
    """The orders that delivered this unit or rented this phone, newest first; eight at most."""
    texts = {*unit_texts(typed), phone_text(typed)} - {""}
    wanted = {one for text in texts for one in tx.settings.sealer.fingerprints(text)}
    query = (
        select(fingerprints.c.order_id)
        .where(fingerprints.c.fingerprint.in_(sorted(wanted)))
        .distinct()
        .order_by(fingerprints.c.order_id.desc())
        .limit(_FOUND_AT_MOST)
    )
    return tuple(OrderId(one) for one in tx.execute(query).scalars())
