"""In which order each supplier lists its categories, kept and put on the shelf."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import select

from bot.base.ids import CategoryId, SupplierName
from bot.catalog.places.tree import Category
from bot.catalog.store import bump_version
from bot.db.meta import facts
from bot.db.tx import Tx, insert_for

Names = Mapping[str, tuple[str, ...]]

_FACT: Final = "categories:"
"""The fact of a supplier; its list is read and written whole, and nothing points into it."""


def store_order(tx: Tx, supplier: SupplierName, names: Names) -> bool:
    """Keep the names in their order; whether that changed anything."""
    fact, value = f"{_FACT}{supplier}", json.dumps(list(names.items()))
    kept = select(facts.c.value).where(facts.c.name == fact)
    if tx.execute(kept).scalar_one_or_none() == value:
        return False
    row = insert_for(tx, facts).values(name=fact, value=value)
    tx.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
    bump_version(tx)
    return True


def load_orders(tx: Tx) -> dict[SupplierName, Names]:
    """What each supplier listed last."""
    query = select(facts.c.name, facts.c.value).where(facts.c.name.startswith(_FACT))
    return {
        SupplierName(row.name.removeprefix(_FACT)): {
            name: tuple(below) for name, below in json.loads(row.value)
        }
        for row in tx.execute(query)
    }


def in_order(
    labels: Mapping[CategoryId, Category], orders: Iterable[Names]
) -> dict[CategoryId, Category]:
    """The categories with their places: those of the first supplier, then what others add."""
    places: dict[tuple[str, str], int] = {}
    for names in orders:
        for category, below in names.items():
            places.setdefault((category, ""), len(places))
            for subcategory in below:
                places.setdefault((category, subcategory), len(places))
    return {
        one.id: replace(one, place=places.get(_path(labels, one), one.place))
        for one in labels.values()
    }


def _path(labels: Mapping[CategoryId, Category], one: Category) -> tuple[str, str]:
    above = labels.get(one.parent) if one.parent is not None else None
    return (one.name, "") if above is None else (above.name, one.name)
