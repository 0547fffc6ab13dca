"""An operator's price rule: previewed by some rules, saved only while those still stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.base.acts import Act, Permission
from bot.catalog.prices.errors import PricesChanged
from bot.catalog.prices.rows import load_rules, write_rule
from bot.catalog.prices.rules import NO_RULE, PriceRule, digest_of
from bot.catalog.prices.typed import OFF, check_rule
from bot.catalog.selection.selection import Scope, Selection
from bot.catalog.store import bump_version
from bot.db.tx import Tx
from bot.people.audit import note_act
from bot.people.operators import check_act

PRICE_RULE: Final = "price rule"
"""What the log calls it."""


@dataclass(frozen=True, slots=True)
class PriceProposal:
    """A rule to save; `known` marks the rules by which it was previewed (see `digest_of`)."""

    selection: Selection
    rule: PriceRule
    known: str


def save_rule(tx: Tx, act: Act, proposal: PriceProposal) -> int:
    """Sell by this rule from now on, once; an empty rule takes the former one away.

    The number of its line in the log, 0 where nothing changed. Quotes that were made keep their
    price. Raises PricesChanged where any rule is another one than at the preview, BadPrice,
    NotAllowed.
    """
    check_act(tx, act, Permission.SHOP)
    bump_version(tx)  # first: it locks, so that of two operators the second sees the first's rule
    rules, selection = load_rules(tx), proposal.selection
    if digest_of(rules) != proposal.known:
        raise PricesChanged
    check_rule(proposal.rule, tx.settings.price_step)
    before = rules.get(selection, NO_RULE)
    if before == proposal.rule:
        return 0
    write_rule(tx, selection, proposal.rule)
    moved = before.spelled() or OFF, proposal.rule.spelled() or OFF
    return note_act(tx, act.actor, PRICE_RULE, subject_of(selection), *moved)


def subject_of(selection: Selection) -> str:
    """A selection as the log names it: `supplier:accplanet`, `category:12`, `shop`."""
    what = selection.name or (str(selection.id) if selection.id else "")
    return f"{selection.scope}:{what}" if what else selection.scope.value


def selection_of(subject: str) -> Selection:
    """What a line of the log names."""
    scope, _colon, what = subject.partition(":")
    if scope == Scope.SUPPLIER:
        return Selection(Scope.SUPPLIER, what)
    return Selection(Scope(scope), id=int(what or 0))
