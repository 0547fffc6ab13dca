"""An operator's hand in the tree: categories merged, kept apart, renamed, and put back.

What is decided is kept beside what suppliers list, so that no reading of a catalogue undoes it and
a category that vanishes and returns stands where it stood.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from sqlalchemy import delete

from bot.base.acts import Act, Permission
from bot.base.ids import CategoryId, SupplierName
from bot.catalog.errors import CannotPlace, CannotPlaceReason
from bot.catalog.places.rows import (
    add_category,
    copy_look,
    list_listed,
    load_labels,
    load_places,
    load_tree,
    make_levels,
)
from bot.catalog.places.tree import EVERYBODY, Tree, fold_name
from bot.catalog.store import bump_version
from bot.catalog.tables import category_places
from bot.db.tx import Tx, insert_for
from bot.people.audit import note_act
from bot.people.operators import check_act

LONGEST_NAME: Final = 60


def merge_category(tx: Tx, act: Act, category: CategoryId, into: CategoryId) -> bool:
    """Show in one category all that suppliers list in another; whether that changed anything.

    What was kept apart of it stays apart. Raises CannotPlace, NotAllowed.
    """
    tree = _begin(tx, act)
    was, target = _find(tree, category), _find(tree, into)
    if tree.head(was) == tree.head(target):
        raise CannotPlace(CannotPlaceReason.SAME)
    return _put(tx, act, "merge category", tree, (was, EVERYBODY), target)


def keep_apart(
    tx: Tx, act: Act, category: CategoryId, supplier: SupplierName, name: str
) -> CategoryId:
    """Show what one supplier lists in a category in one of its own; the id of that.

    Raises CannotPlace, NotAllowed.
    """
    tree = _begin(tx, act)
    was = _find(tree, category)
    shown = _own(tx, tree, was, name)
    _put(tx, act, "keep category apart", tree, (was, supplier), shown)
    return shown


def rename_category(tx: Tx, act: Act, category: CategoryId, name: str) -> CategoryId:
    """Give a category a name of the shop's own, in every language; its id.

    Raises CannotPlace, NotAllowed.
    """
    tree = _begin(tx, act)
    was = _find(tree, category)
    same = fold_name(spelled_name(name)) == fold_name(tree.labels[was].name)
    shown = _row(tx, tree, was, name) if same else _own(tx, tree, was, name)
    copy_look(tx, tree.head(tree.home(was)), load_tree(tx).head(shown))
    _put(tx, act, "rename category", tree, (was, EVERYBODY), shown)
    return shown


def put_back(tx: Tx, act: Act, category: CategoryId, supplier: SupplierName) -> bool:
    """Show again where it is listed what was merged, kept apart or renamed; whether it was.

    Raises CannotPlace, NotAllowed.
    """
    tree = _begin(tx, act)
    was = _find(tree, category)
    shown = tree.home(was, supplier)
    if not _drop(tx, tree, was, supplier):
        return False
    before, after = tree.labels[shown].name, tree.labels[was].name
    note_act(tx, act.actor, "put category back", f"category:{was}", before, after)
    return True


def spelled_name(name: str) -> str:
    """A typed name as it is kept, without signs that no one sees; empty where nothing is left."""
    kinds = {sign: unicodedata.category(sign) for sign in name}
    seen = "".join(sign for sign in " ".join(name.split()) if kinds.get(sign, "Zs")[0] != "C")
    return seen.strip() if any(kinds.get(sign, "Z")[0] in "LNPS" for sign in seen) else ""


def _begin(tx: Tx, act: Act) -> Tree:
    check_act(tx, act, Permission.SHOP)
    bump_version(tx)  # first: it locks, so that two operators together make no circle
    return load_tree(tx)


def _find(tree: Tree, category: CategoryId) -> CategoryId:
    """Its head. Raises CannotPlace."""
    if category not in tree.labels:
        raise CannotPlace(CannotPlaceReason.UNKNOWN)
    return tree.head(category)


def _put(
    tx: Tx,
    act: Act,
    action: str,
    tree: Tree,
    listed: tuple[CategoryId, SupplierName],
    shown: CategoryId,
) -> bool:
    """Note a place instead of the one before. Raises CannotPlace where it leads in a circle."""
    was, supplier = listed
    places = load_places(tx)
    if places.get(listed) == shown:
        return False
    labels = load_labels(tx)
    kept = {key: one for key, one in places.items() if (tree.head(key[0]), key[1]) != listed}
    if Tree(labels, {**kept, listed: shown}).is_circular:
        raise CannotPlace(CannotPlaceReason.CIRCLE)
    _drop(tx, tree, was, supplier)
    row = {"category": was, "supplier": supplier, "shown": shown}
    tx.execute(insert_for(tx, category_places).values(row))
    make_levels(tx)
    note_act(tx, act.actor, action, f"category:{was}", labels[was].name, labels[shown].name)
    return True


def _drop(tx: Tx, tree: Tree, category: CategoryId, supplier: SupplierName) -> bool:
    same = [one for one in tree.labels if tree.head(one) == tree.head(category)]
    where = category_places.c.category.in_(same), category_places.c.supplier == supplier
    return tx.execute(delete(category_places).where(*where)).rowcount > 0


def _own(tx: Tx, tree: Tree, beside: CategoryId, name: str) -> CategoryId:
    """A category of the shop's own beside another one. Raises CannotPlace where there is one."""
    there = tree.find_below(tree.labels[beside].parent, spelled_name(name))
    if there is not None:
        used = {tree.head(tree.home(*listed)) for listed in list_listed(tx)}
        if there in used:
            raise CannotPlace(CannotPlaceReason.TAKEN)
    return _row(tx, tree, beside, name)


def _row(tx: Tx, tree: Tree, beside: CategoryId, name: str) -> CategoryId:
    spelled = spelled_name(name)
    if not spelled or len(spelled) > LONGEST_NAME:
        raise CannotPlace(CannotPlaceReason.NAME)
    return add_category(tx, tree.labels[beside].parent, spelled)
