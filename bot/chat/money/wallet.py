"""Credit: what is free, what is held, what moved, and how to get more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_BUTTON
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen, footer, label, named
from bot.chat.money.taps import OpenMyRequest, TypeTopup
from bot.money.ledger import TransferKind
from bot.money.requests import TopupRequest
from bot.money.wallet import HoldEnd, Movement, WalletView


def wallet_screen(
    _: Locale, view: WalletView, now: datetime, asked: TopupRequest | None = None
) -> Screen:
    """Balance, held, and the last movements in words; `asked` is a request that is open."""
    held = fill(_("Set aside for open orders: {amount}"), amount=_.money(view.wallet.held))
    balance = bold(fill(_("Balance: {amount}"), amount=_.money(view.wallet.free)))
    lines = [_line(_, movement, now) for movement in view.lines]
    history = (
        join([bold(_("Recent transactions")), *lines])
        if lines
        else Rich(_("No transactions yet."))
    )
    text = join([join([balance, held if view.wallet.held else Rich()]), history], "\n\n")
    return Screen(text, ((_topup_button(_, asked),), footer(_)))


def _topup_button(_: Locale, asked: TopupRequest | None) -> Button:
    """The way to more credit, or to the request for it that is open."""
    if asked is None:
        return Button(_("➕ Top up"), TypeTopup(), style="primary")
    shown = label(_("⏳ Your request: {amount}"), amount=_.money(asked.amount))
    return Button(shown, OpenMyRequest(request=asked.id))


def _line(_: Locale, movement: Movement, now: datetime) -> Rich:
    what: Rich | str = movement_text(_, movement)
    if movement.order:
        what = fill(_("{what}, order #{number}"), what=what, number=str(movement.order))
    note = movement.reason if movement.kind in _NOTED else ""
    line = fill(
        _("{amount} · {what} · {ago}"),
        amount=_amount(_, movement),
        what=what,
        ago=_.recent(movement.at, now),
    )
    return join([line, named(_, note, IN_BUTTON) if note else ""], " · ")


def movement_text(_: Locale, movement: Movement) -> str:
    """What moved, as it stands now: what was set aside is paid or back once its order ends."""
    said = _KINDS[movement.kind] if movement.ended is None else _ENDS[movement.ended]
    return said(_)


def _amount(_: Locale, movement: Movement) -> str:
    """What came or went; what went and came back has no sign, for it has changed nothing."""
    is_back = movement.ended is HoldEnd.BACK
    return _.money(movement.back) if is_back else _.signed(movement.amount)


_NOTED: Final = frozenset({TransferKind.TOPUP, TransferKind.DEBIT, TransferKind.REFUND})
"""Kinds whose reason an operator wrote for the customer to read."""

_KINDS: Final[dict[TransferKind, Callable[[Locale], str]]] = {
    TransferKind.TOPUP: lambda _: _("Top-up"),
    TransferKind.DEBIT: lambda _: _("Taken back by the shop"),
    TransferKind.HOLD: lambda _: _("Set aside"),
    TransferKind.CAPTURE: lambda _: _("Paid"),
    TransferKind.RELEASE: lambda _: _("Refund"),
    TransferKind.REVERSE: lambda _: _("Correction"),
    TransferKind.REFUND: lambda _: _("Refund"),
}

_ENDS: Final[dict[HoldEnd, Callable[[Locale], str]]] = {
    HoldEnd.HELD: _KINDS[TransferKind.HOLD],
    HoldEnd.PAID: _KINDS[TransferKind.CAPTURE],
    HoldEnd.PAID_IN_PART: lambda _: _("Paid in part"),
    HoldEnd.BACK: lambda _: _("Refunded"),
}
