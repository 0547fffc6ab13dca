"""The words for a basis, and for what an order has found out about one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.base.basis import FLAT, Basis
from bot.base.digits import western_digits
from bot.chat.desk.words import supplier_amount
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.orders.calibration.read import CalibrationView
from bot.orders.calibration.tables import CalibrationState, UnclearReason
from bot.orders.rules.moves import State

_MOST: Final = 10**6
_DIGITS: Final = 7


def read_basis_word(typed: str) -> Basis | None:
    """A basis as somebody types it, or a tap carries it: a number above zero, or `flat`."""
    word = western_digits(typed).strip().lower()
    if word == FLAT:
        return FLAT
    is_number = word.isascii() and word.isdigit() and len(word) <= _DIGITS
    return int(word) if is_number and 0 < int(word) <= _MOST else None


def basis_words(_: Locale, basis: Basis | None) -> str:
    """What a rate is for."""
    if basis is None:
        return _("not known")
    if basis == FLAT:
        return _("for the whole order")
    return _("for 1") if basis == 1 else fill(_("for {count}"), count=_.number(basis)).text


def bases_words(_: Locale, bases: Iterable[Basis | None]) -> str:
    """What the rates of several services are for."""
    shown = sorted({basis_words(_, basis) for basis in bases})
    return ", ".join(shown[:3]) + ("…" if len(shown) > 3 else "")  # noqa: PLR2004 - as many fit


def result_words(_: Locale, seen: CalibrationView) -> Rich:
    """What the order says of the rate; nothing of it is in use before somebody says so."""
    if seen.state is CalibrationState.OPEN:
        return _open_words(_, seen)
    if seen.state is CalibrationState.UNCLEAR:
        why = _unclear_words(_, seen.why)
        again = _("Nothing was changed. Try again when nothing else is ordered there.")
        return join([bold(_("⚠️ Not clear.")), why, _seen_words(_, seen), again])
    if seen.state is CalibrationState.NONE_FITS:
        said = _("⚠️ None fits: rate {rate}, quantity {quantity}, charged {charge}.")
        fits_none = fill(
            said,
            rate=_.copied(f"{seen.rate.normalize():f}"),
            quantity=_.number(seen.quantity),
            charge=_charged(_, seen),
        )
        return join([bold(fits_none), _seen_words(_, seen)])
    found = fill(_("✅ The rate is {basis}."), basis=basis_words(_, seen.basis))
    alike = ""
    if seen.quantity == seen.basis or (seen.basis == 1 and seen.quantity == 1):
        alike = _("An order of this size would cost the same if the rate were for a whole order.")
    return join([bold(found), _seen_words(_, seen), alike])


def _open_words(_: Locale, seen: CalibrationView) -> Rich:
    if seen.order_state in {State.IN_DOUBT, State.ATTENTION}:
        return Rich(
            _("🔎 Nobody knows yet what became of the order; its card asks for a decision.")
        )
    if seen.order_state in {State.QUEUED, State.SUBMITTING}:
        return Rich(_("🕐 The order is being placed."))
    return Rich(_("⏳ The order is placed. What the supplier charges for it is read soon."))


def _charged(_: Locale, seen: CalibrationView) -> str:
    return "-" if seen.charge is None else supplier_amount(_, seen.charge, seen.currency)


def _seen_words(_: Locale, seen: CalibrationView) -> Rich:
    """What was charged, and how the balance moved."""
    if seen.charge is None and seen.after is None:
        return Rich()
    charged = fill(
        _("Rate {rate}, charged: {charge}"), rate=_rate(_, seen), charge=_charged(_, seen)
    )
    if seen.before is None or seen.after is None:
        return charged
    moved = fill(
        _("Your balance there: {before} → {after}"),
        before=_.copied(f"{seen.before.normalize():f}"),
        after=_.copied(f"{seen.after.normalize():f}"),
    )
    return join([charged, moved])


def _rate(_: Locale, seen: CalibrationView) -> Rich:
    return _.copied(f"{seen.rate.normalize():f}")


def _unclear_words(_: Locale, why: UnclearReason | None) -> str:
    return {
        UnclearReason.NOT_ORDERED: _("The order was not placed, and nothing was spent."),
        UnclearReason.CANCELED: _("The supplier canceled the order or a part of it."),
        UnclearReason.NO_CHARGE: _("The supplier does not say what it charged."),
        UnclearReason.ZERO_CHARGE: _("The supplier says that it charged nothing."),
        UnclearReason.OTHER_CURRENCY: _(
            "The supplier charged in another currency than the shop's."
        ),
        UnclearReason.NO_BALANCE: _("Your balance there was not known before the order."),
        UnclearReason.OTHERS_MOVED: _("Other orders moved your balance there at the same time."),
        UnclearReason.BALANCE_DIFFERS: _(
            "Your balance there moved by another amount than the supplier says it charged."
        ),
        UnclearReason.SEVERAL_FIT: _("The charge is too small to tell: several numbers fit."),
    }.get(why or UnclearReason.NO_CHARGE, "")
