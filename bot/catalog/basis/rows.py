"""The bases that operators set at the desk, by supplier and name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select

from bot.base.basis import FLAT, Basis
from bot.base.ids import SupplierName
from bot.catalog.tables import bases
from bot.db.tx import Tx

Bases = Mapping[SupplierName, Mapping[str, Basis]]
"""By supplier, then by a category's folded name, `#<remote id>`, or nothing for all of it."""


def load_bases(tx: Tx) -> Bases:
    """All that operators set."""
    found: dict[SupplierName, dict[str, Basis]] = defaultdict(dict)
    for row in tx.execute(select(bases)):
        found[SupplierName(row.supplier)][row.name] = read_basis(row.basis)
    return dict(found)


def read_basis(kept: str) -> Basis:
    """A basis from how the database keeps it."""
    return FLAT if kept == FLAT else int(kept)
