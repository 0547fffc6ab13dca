"""The stored price rules."""

from __future__ import annotations

from sqlalchemy import delete, select

from bot.catalog.places.rows import load_tree
from bot.catalog.places.tree import Tree
from bot.catalog.prices.rules import PriceRule, Prices, Rules
from bot.catalog.pricing import Pricing
from bot.catalog.selection.selection import Scope, Selection
from bot.catalog.tables import price_rules
from bot.db.tx import Tx, insert_for


def load_rules(tx: Tx) -> Rules:
    """Every rule, by what it is for."""
    return {
        Selection(row.scope, row.name, row.target): PriceRule(
            row.percent, row.added, row.least_margin, row.step
        )
        for row in tx.execute(select(price_rules))
    }


def load_prices(tx: Tx, settings: Pricing) -> Prices:
    """The pricing of every service, without the shelf."""
    rules = load_rules(tx)
    by_category = any(one.scope is Scope.CATEGORY for one in rules)
    return Prices(settings, rules, load_tree(tx) if by_category else Tree({}))


def write_rule(tx: Tx, selection: Selection, rule: PriceRule) -> None:
    """Keep a rule instead of the one before; an empty one is kept no more."""
    its = (
        price_rules.c.scope == selection.scope,
        price_rules.c.name == selection.name,
        price_rules.c.target == selection.id,
    )
    tx.execute(delete(price_rules).where(*its))
    if not rule:
        return
    row = {
        "scope": selection.scope,
        "name": selection.name,
        "target": selection.id,
        "percent": rule.percent,
        "added": rule.added,
        "least_margin": rule.least_margin,
        "step": rule.step,
    }
    tx.execute(insert_for(tx, price_rules).values(row))
