"""An operator's switches: sales off at once for every process, with the words customers read.

A switch is a cause among the pauses of what it switches off, so it and what pauses sales by itself
know nothing of each other: sales go on when no cause is left. Orders that were confirmed go on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.base.acts import Act, Permission
from bot.base.ids import SupplierName
from bot.catalog import standing
from bot.catalog.switches.names import NUMBERS, SHOP, words_key
from bot.db.tx import Tx
from bot.outbox.notices import SupplierCause
from bot.people.audit import note_act
from bot.people.operators import check_act
from bot.people.texts.own import EVERY, Said
from bot.people.texts.store import drop_words, load_words, put_words


@dataclass(frozen=True, slots=True)
class Switch:
    """How one thing stands: every cause that keeps its sales away, and what customers read.

    `what` is a supplier, `SHOP` or `NUMBERS`.
    """

    what: SupplierName
    pauses: tuple[SupplierCause, ...]
    said: Said

    @property
    def is_off(self) -> bool:
        """Whether an operator has switched it off."""
        return SupplierCause.SWITCHED in self.pauses

    @property
    def other_pauses(self) -> tuple[SupplierCause, ...]:
        """What keeps its sales away by itself."""
        return tuple(one for one in self.pauses if one is not SupplierCause.SWITCHED)


def list_switches(tx: Tx, names: Iterable[SupplierName]) -> tuple[Switch, ...]:
    """How these stand, in their order."""
    return tuple(find_switch(tx, name) for name in names)


def find_switch(tx: Tx, what: SupplierName) -> Switch:
    """How one stands; what was never switched off is on."""
    return Switch(what, standing.state(tx, what).pauses, load_words(tx, words_key(what)))


def switch_off(tx: Tx, act: Act, what: SupplierName, said: Said | None = None) -> bool:
    """Sell nothing of this until it is switched on again; whether that changed anything.

    Words that are `said` take the place of those before; without any those before stay, if it was
    off already. Raises NotYours, NotAllowed.
    """
    check_act(tx, act, Permission.SUPPLIERS)
    is_new = standing.pause(tx, what, SupplierCause.SWITCHED)
    before = load_words(tx, words_key(what))
    if said and said != before:
        drop_words(tx, words_key(what))
        put_words(tx, words_key(what), said)
    elif not is_new:
        return False
    was = "on" if is_new else _in_short(before)
    note_act(tx, act.actor, "switch off", _subject(what), was, _in_short(said or {}) or "off")
    return True


def change_off_words(tx: Tx, act: Act, what: SupplierName, said: Said) -> bool:
    """Let customers read these words while this is off, or with none the shop's usual ones.

    False where it is on by now, or says so already. Raises NotYours, NotAllowed.
    """
    check_act(tx, act, Permission.SUPPLIERS)
    before = load_words(tx, words_key(what))
    if said == before or not standing.is_paused_by(tx, what, SupplierCause.SWITCHED):
        return False
    drop_words(tx, words_key(what))
    if said:
        put_words(tx, words_key(what), said)
    was, now = _in_short(before) or "off", _in_short(said) or "off"
    note_act(tx, act.actor, "switch off", _subject(what), was, now)
    return True


def switch_on(tx: Tx, act: Act, what: SupplierName) -> bool:
    """Sell it again, unless something else keeps its sales away; whether it was switched off.

    Raises NotYours, NotAllowed.
    """
    check_act(tx, act, Permission.SUPPLIERS)
    if not standing.resume(tx, what, SupplierCause.SWITCHED):
        return False
    gone = drop_words(tx, words_key(what))
    note_act(tx, act.actor, "switch on", _subject(what), _in_short(gone) or "off", "on")
    return True


def _in_short(said: Said) -> str:
    """All words in a line for the log."""
    return " | ".join(
        one.text if code == EVERY else f"{code}: {one.text}" for code, one in sorted(said.items())
    )


def _subject(what: SupplierName) -> str:
    return {SHOP: "shop:", NUMBERS: "sms:"}.get(what, f"supplier:{what}")
