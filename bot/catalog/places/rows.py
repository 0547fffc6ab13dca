"""The stored categories and the places that operators gave them."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from sqlalchemy import select

from bot.base.ids import CategoryId, SupplierName
from bot.catalog.places.looks import CategoryLook, Looks
from bot.catalog.places.tree import Category, Places, Tree
from bot.catalog.tables import (
    categories,
    category_looks,
    category_names,
    category_places,
    services,
)
from bot.db.tx import Tx, insert_for
from bot.suppliers.words import is_number

Listed = tuple[CategoryId, SupplierName]
"""A category and one of the suppliers that list something in it."""


def load_labels(tx: Tx) -> dict[CategoryId, Category]:
    """Every category as suppliers list it, without a place or a count."""
    return {
        CategoryId(row.id): Category(
            CategoryId(row.id), row.name, CategoryId(row.parent) if row.parent else None
        )
        for row in tx.execute(select(categories))
    }


def load_places(tx: Tx) -> Places:
    """Where operators want to see what is listed."""
    return {
        (CategoryId(row.category), SupplierName(row.supplier)): CategoryId(row.shown)
        for row in tx.execute(select(category_places))
    }


def load_looks(tx: Tx) -> Looks:
    """How operators want categories to look."""
    names: dict[CategoryId, dict[str, str]] = defaultdict(dict)
    for row in tx.execute(select(category_names)):
        names[CategoryId(row.category)][row.language] = row.name
    looks = {CategoryId(row.category): row for row in tx.execute(select(category_looks))}
    return {
        one: CategoryLook(names[one], looks[one].icon, looks[one].place)
        if one in looks
        else CategoryLook(names[one])
        for one in sorted({*names, *looks})
    }


def copy_look(tx: Tx, was: CategoryId, shown: CategoryId) -> None:
    """Have a category look as before under another id, but for what that has itself."""
    for table in (category_names, category_looks):
        for row in tx.execute(select(table).where(table.c.category == was)).mappings().all():
            copied = insert_for(tx, table).values(dict(row) | {"category": shown})
            tx.execute(copied.on_conflict_do_nothing())


def load_tree(tx: Tx) -> Tree:
    """The categories as they stand, their order aside."""
    return Tree(load_labels(tx), load_places(tx))


def list_listed(tx: Tx) -> tuple[Listed, ...]:
    """Where each supplier lists anything but numbers, or ever listed it."""
    query = select(services.c.category, services.c.supplier, services.c.remote_id)
    found = {
        (CategoryId(row.category), SupplierName(row.supplier))
        for row in tx.execute(query)
        if not is_number(row.remote_id)
    }
    return tuple(sorted(found))


def add_category(tx: Tx, parent: CategoryId | None, name: str) -> CategoryId:
    """The category of exactly this name in this place, made where it is missing."""
    row = insert_for(tx, categories).values(parent=parent or 0, name=name)
    again = {"name": name}
    kept = row.on_conflict_do_update(index_elements=["parent", "name"], set_=again)
    return CategoryId(tx.execute(kept.returning(categories.c.id)).scalar_one())


def make_levels(tx: Tx) -> None:
    """Make the subcategories that are missing where operators moved what stands above them.

    Until there is one, what is listed in it is shown one level higher.
    """
    if not load_places(tx):
        return
    tree = load_tree(tx)
    lacks = {tree.find_lack(*listed) for listed in list_listed(tx)} - {None}
    for lack in sorted(one for one in lacks if one is not None):
        add_category(tx, *lack)


_TOP: Final = 0


class CategoryIds:
    """Category ids by name, made where they are missing."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        rows = tx.execute(select(categories))
        self._ids = {(row.parent, row.name): CategoryId(row.id) for row in rows}

    def of(self, category: str, subcategory: str) -> CategoryId:
        """The id of the subcategory, or of the category where there is none."""
        top = self._one(_TOP, category)
        return self._one(top, subcategory) if subcategory else top

    def _one(self, parent: int, name: str) -> CategoryId:
        found = self._ids.get((parent, name))
        if found is None:
            row = insert_for(self._tx, categories).values(parent=parent, name=name)
            again = {"name": name}
            kept = row.on_conflict_do_update(index_elements=["parent", "name"], set_=again)
            made = self._tx.execute(kept.returning(categories.c.id))
            found = self._ids[parent, name] = CategoryId(made.scalar_one())
        return found
