"""The stored rules of what operators hide and show."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from bot.catalog.hiding.rules import Hiding, HidingRule
from bot.catalog.places.rows import load_tree
from bot.catalog.places.tree import Tree
from bot.catalog.selection.selection import Scope, Selection
from bot.catalog.tables import hidings
from bot.db.tx import Tx


def load_rules(tx: Tx) -> tuple[HidingRule, ...]:
    """Every rule, the oldest first."""
    return tuple(_rule(row) for row in tx.execute(select(hidings).order_by(hidings.c.id)))


def _rule(row: Row[Any]) -> HidingRule:
    selection = Selection(row.scope, row.name, row.selected)
    return HidingRule(row.id, selection, row.verdict, row.actor, row.at)


def load_hiding(tx: Tx) -> Hiding:
    """The rules as they stand; the tree is read only where a rule is about a category."""
    rules = load_rules(tx)
    needs_tree = any(one.selection.scope is Scope.CATEGORY for one in rules)
    return Hiding(rules, load_tree(tx) if needs_tree else Tree({}))
