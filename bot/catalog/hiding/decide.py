"""An operator's hand on the shelf: what is hidden, shown again, and shown against the list."""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, exists, insert

from bot.base.acts import Act, Permission
from bot.base.ids import ServiceId
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.catalog.hiding.rows import load_hiding, load_rules
from bot.catalog.hiding.rules import HidingRule, Verdict
from bot.catalog.selection.selection import Selection
from bot.catalog.store import bump_version, load_some
from bot.catalog.tables import hidings
from bot.db.tx import Tx
from bot.people.audit import note_act
from bot.people.operators import check_act

_ACTIONS: Final = {
    Verdict.HIDE: "hide",
    Verdict.SHOW: "show",
    Verdict.ALLOW: "sell in spite of the list",
    None: "take a rule of the shelf back",
}
"""How the log calls what is done."""
SHELF_ACTIONS: Final = frozenset(_ACTIONS.values())
NO_RULE: Final = "no rule"
OFF_BY_LIST: Final = "off by list"
"""What stands in the log where no rule stood: the shipped list may hide it all the same."""


def hide(tx: Tx, act: Act, selection: Selection) -> bool:
    """Hide a part of the shelf, now and whatever joins it later; whether that changed anything.

    Raises NotAllowed.
    """
    return _put(tx, act, selection, Verdict.HIDE)


def show(tx: Tx, act: Act, selection: Selection, *, over: bool = False) -> bool:
    """Show again what was hidden by hand; whether that changed anything.

    `over` a rule about more of the shelf that would hide it still. Raises NotAllowed.
    """
    return _put(tx, act, selection, Verdict.SHOW if over else None)


def allow(tx: Tx, act: Act, selection: Selection) -> bool:
    """Sell what the shipped list keeps off the shelf; whether that changed anything.

    Raises NotAllowed.
    """
    return _put(tx, act, selection, Verdict.ALLOW)


def drop_rule(tx: Tx, act: Act, rule: int) -> bool:
    """Take a rule back, whatever it says; whether it was there. Raises NotAllowed."""
    found = next((one for one in load_rules(tx) if one.id == rule), None)
    return found is not None and _put(tx, act, found.selection, None)


def _put(tx: Tx, act: Act, selection: Selection, verdict: Verdict | None) -> bool:
    """Have this rule instead of the one before; None for no rule."""
    check_act(tx, act, Permission.SHOP if verdict is Verdict.ALLOW else Permission.SUPPLIERS)
    bump_version(tx)  # first: it locks, so that two operators together leave one rule
    before = _find(tx, selection)
    if (before.verdict if before else None) is verdict:
        return False
    same = (
        hidings.c.scope == selection.scope,
        hidings.c.name == selection.name,
        hidings.c.selected == selection.id,
    )
    tx.execute(delete(hidings).where(*same))
    if verdict is not None:
        row = {"scope": selection.scope, "name": selection.name, "selected": selection.id}
        made = {"verdict": verdict, "actor": act.actor, "at": tx.now}
        tx.execute(insert(hidings).values(row | made))
    was = before.verdict if before else None
    without = OFF_BY_LIST if Verdict.ALLOW in {was, verdict} else NO_RULE
    log = _ACTIONS[verdict], _subject(selection), was or without, verdict or without
    note_act(tx, act.actor, *log)
    return True


def _find(tx: Tx, selection: Selection) -> HidingRule | None:
    return next((one for one in load_rules(tx) if one.selection == selection), None)


def _subject(selection: Selection) -> str:
    """A part of the shelf as the log names it."""
    return f"{selection.scope}:{selection.name or selection.id or ''}".rstrip(":")


def check_not_hidden(tx: Tx, service: ServiceId) -> None:
    """Raise NotForSale for what an operator hides by hand, which a shelf may not show yet."""
    hiding = load_hiding(tx)
    if any(hiding.hides_by_hand(kept) for kept in load_some(tx, (service,))):
        raise NotForSale(NotForSaleReason.HIDDEN)


HIDES_ANYTHING: Final = exists().where(hidings.c.verdict == Verdict.HIDE)
"""Whether there is anything to ask `check_not_hidden` about, within another statement."""
