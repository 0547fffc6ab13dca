"""An operator's hand on how a category looks: its names, its sign, its place among others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update

from bot.base.acts import Act, Permission
from bot.base.ids import CategoryId
from bot.catalog.errors import CannotPlace, CannotPlaceReason
from bot.catalog.places.decide import LONGEST_NAME, spelled_name
from bot.catalog.places.looks import find_icon_typed
from bot.catalog.places.rows import load_tree
from bot.catalog.store import bump_version
from bot.catalog.tables import category_looks, category_names
from bot.db.tx import Tx, insert_for
from bot.people.audit import note_act
from bot.people.operators import check_act


def name_in(tx: Tx, act: Act, category: CategoryId, language: str, name: str) -> bool:
    """Call a category by this name in one language, by the usual one where it is empty.

    Whether that changed anything. Raises CannotPlace, NotAllowed.
    """
    head = _begin(tx, act, category)
    spelled = spelled_name(name)
    if name and (not spelled or len(spelled) > LONGEST_NAME):
        raise CannotPlace(CannotPlaceReason.NAME)
    where = category_names.c.category == head, category_names.c.language == language
    before = tx.execute(select(category_names.c.name).where(*where)).scalar_one_or_none() or ""
    if before == spelled:
        return False
    tx.execute(delete(category_names).where(*where))
    if spelled:
        row = {"category": head, "language": language, "name": spelled}
        tx.execute(insert_for(tx, category_names).values(row))
    was, now = (f"{language}: {one}" if one else "" for one in (before, spelled))
    _note(tx, act, "name category", head, was, now)
    return True


def give_icon(tx: Tx, act: Act, category: CategoryId, icon: str) -> bool:
    """Give a category a sign of its own, or take it away; whether that changed anything.

    Raises CannotPlace for what is no single emoji, NotAllowed.
    """
    head = _begin(tx, act, category)
    sign = find_icon_typed(icon) if icon else ""
    if sign is None:
        raise CannotPlace(CannotPlaceReason.ICON)
    query = select(category_looks.c.icon).where(category_looks.c.category == head)
    before = tx.execute(query).scalar_one_or_none() or ""
    if before == sign:
        return False
    _put(tx, head, {"icon": sign})
    _note(tx, act, "give category an icon", head, before, sign)
    return True


def order_categories(
    tx: Tx, act: Act, category: CategoryId, neighbours: Sequence[CategoryId]
) -> bool:
    """Have neighbours stand in this order, in which one was moved; whether that changed anything.

    The log tells its places before and after, counted from 1. Raises CannotPlace, NotAllowed.
    """
    head = _begin(tx, act, category)
    tree = load_tree(tx)
    heads = [tree.head(one) for one in neighbours]
    before = {row.category: row.place for row in tx.execute(select(category_looks))}
    if [before.get(one) for one in heads] == list(range(len(heads))):
        return False
    for place, one in enumerate(heads):
        _put(tx, one, {"place": place})
    was, now = before.get(head), heads.index(head) if head in heads else None
    _note(tx, act, "move category", head, _counted(was), _counted(now))
    return True


def drop_order(tx: Tx, act: Act, category: CategoryId, neighbours: Sequence[CategoryId]) -> bool:
    """Have neighbours stand in their suppliers' order again; whether that changed anything.

    Raises CannotPlace, NotAllowed.
    """
    head = _begin(tx, act, category)
    tree = load_tree(tx)
    heads = [tree.head(one) for one in neighbours]
    placed = category_looks.c.category.in_(heads), category_looks.c.place.is_not(None)
    if not tx.execute(update(category_looks).where(*placed).values(place=None)).rowcount:
        return False
    _note(tx, act, "put categories back in order", head, "", "")
    return True


def _begin(tx: Tx, act: Act, category: CategoryId) -> CategoryId:
    """The head of the category, once the operator may. Raises CannotPlace, NotAllowed."""
    check_act(tx, act, Permission.SHOP)
    bump_version(tx)  # first: it locks, so that two operators take turns
    tree = load_tree(tx)
    if category not in tree.labels:
        raise CannotPlace(CannotPlaceReason.UNKNOWN)
    return tree.head(category)


def _put(tx: Tx, head: CategoryId, values: dict[str, Any]) -> None:
    row = insert_for(tx, category_looks).values(category=head, **values)
    tx.execute(row.on_conflict_do_update(index_elements=["category"], set_=values))


def _note(tx: Tx, act: Act, action: str, head: CategoryId, before: str, after: str) -> None:
    note_act(tx, act.actor, action, f"category:{head}", before, after)


def _counted(place: int | None) -> str:
    return "" if place is None else str(place + 1)
