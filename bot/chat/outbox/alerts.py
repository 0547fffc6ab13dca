"""Alerts for operators: one short message a cause, with a button to what it is about."""

from __future__ import annotations

import re
from typing import Final

from bot.chat.desk.notes import failure_words
from bot.chat.desk.parts import desk_screen
from bot.chat.desk.taps import OpenOrderDetails, OpenSuppliers, ResumeService
from bot.chat.desk.words import outcome_words, supplier_amount
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, bold, code, fill, join, rich
from bot.chat.kit.screen import Button, Screen, label
from bot.chat.outbox.gone import GoneReason
from bot.orders.rules.moves import Outcome
from bot.outbox.notices import (
    BooksAlert,
    ChargeAlert,
    Oddity,
    OrderOddity,
    SupplierAlert,
    SupplierCause,
    TokenShared,
)
from bot.outbox.supplier_notices import LowBalance, LowReason

_LONGEST_WORDS = 300
_ROWS: Final = re.compile(r"([0-9]{1,9}) -> ([0-9]{1,9})")
"""How many services a catalogue listed before and now."""
_ACCEPTED: Final = "accepted as "
_LONGEST_PROOF = 3000


def supplier_alert_screen(_: Locale, alert: SupplierAlert) -> Screen:
    """Something about a supplier began or is over."""
    known = _over(_) if alert.over else _begun(_)
    other = _("🟢 {supplier}: settled.") if alert.over else _("⚠️ {supplier}: look at it.")
    sentence = known.get(alert.about, other)
    text = fill(sentence, supplier=bold(_.iso(clip(alert.supplier, 60))))
    return desk_screen(
        _, join([text, _supplier_words(_, alert)]), (Button(_("Suppliers"), OpenSuppliers()),)
    )


def _supplier_words(_: Locale, alert: SupplierAlert) -> Rich | str:
    """The detail: what the bot noted in words, an amount plain, the supplier's own as quoted."""
    rows = _ROWS.fullmatch(alert.words)
    if alert.about is SupplierCause.SHRANK and rows is not None:
        before, after = (_.number(int(count)) for count in rows.groups())
        return fill(_("Services listed: {before} → {after}"), before=before, after=after)
    return _why(_, alert.words, is_amount=alert.about is SupplierCause.LOW)


def _why(_: Locale, words: str, *, is_amount: bool = False) -> Rich:
    ours = failure_words(_, words)
    if ours:
        return fill(_("Why: {why}"), why=ours)
    shown = clip(words, _LONGEST_WORDS)
    return rich(_.iso(shown)) if is_amount else code(shown)


def _begun(_: Locale) -> dict[SupplierCause, str]:
    return {
        SupplierCause.DOWN: _("🔴 {supplier} does not answer. Orders wait and are tried again."),
        SupplierCause.KEY: _(
            "🔴 {supplier} refuses our key. New sales of its services are paused."
        ),
        SupplierCause.WALLET: _(
            "🔴 Our balance at {supplier} does not cover an order. New sales of its services are "
            "paused. Top it up there: sales go on when the balance has risen."
        ),
        SupplierCause.LOW: _("⚠️ Our balance at {supplier} is low."),
        SupplierCause.UNREAD: _(
            "🔴 Our balance at {supplier} cannot be read. New sales of its services are paused, "
            "and orders that waited are paid back."
        ),
        SupplierCause.BUSY: _(
            "🔴 {supplier} has taken no orders for several minutes: it asks us to wait. Orders "
            "wait, and are paid back if it takes too long."
        ),
        SupplierCause.CURRENCY: _(
            "🔴 {supplier} counts in another currency than this shop. New sales are paused."
        ),
        SupplierCause.SHRANK: _("⚠️ The catalogue of {supplier} has become much smaller."),
        SupplierCause.UNLISTED: _(
            "🔴 The catalogue of {supplier} cannot be read. What is on sale stays as it was, and "
            "is taken off sale when it is too old."
        ),
        SupplierCause.NUMBERS: _(
            "🔴 The answers of {supplier} about rented numbers cannot be read. The bot goes on "
            "asking; numbers without a code are paid back when their time is over."
        ),
        SupplierCause.STATUS: _(
            "⚠️ {supplier} answered a status that I do not know. No money was moved."
        ),
        SupplierCause.OUTAGE: _(
            "⏸ {supplier} has not answered for so long that its sales are paused. They go on by "
            "themselves when it answers again. Customers read that it is paused; orders that "
            "were placed go on."
        ),
    }


def _over(_: Locale) -> dict[SupplierCause, str]:
    return {
        SupplierCause.DOWN: _("🟢 {supplier} answers again."),
        SupplierCause.KEY: _("🟢 {supplier} takes our key again."),
        SupplierCause.WALLET: _("🟢 Our balance at {supplier} covers orders again."),
        SupplierCause.LOW: _("🟢 Our balance at {supplier} is no longer low."),
        SupplierCause.UNREAD: _("🟢 Our balance at {supplier} can be read again."),
        SupplierCause.BUSY: _("🟢 {supplier} takes orders again."),
        SupplierCause.CURRENCY: _("🟢 {supplier} counts in the shop's currency again."),
        SupplierCause.SHRANK: _("🟢 The catalogue of {supplier} is whole again."),
        SupplierCause.NUMBERS: _(
            "🟢 The answers of {supplier} about rented numbers can be read again."
        ),
        SupplierCause.UNLISTED: _("🟢 The catalogue of {supplier} can be read again."),
        SupplierCause.OUTAGE: _(
            "🟢 The sales of {supplier} are no longer paused because of its silence."
        ),
    }


def low_balance_screen(_: Locale, alert: LowBalance) -> Screen:
    """Our balance at a supplier is low: how much there is, and what that is less than."""
    sentence = {
        LowReason.OWN: _(
            "⚠️ Our balance at {supplier} is low: {amount}. Your LOW_BALANCE is {mark}."
        ),
        LowReason.DAY: _(
            "⚠️ Our balance at {supplier} is low: {amount}. The orders of the last day cost {mark}."
        ),
        LowReason.SERVICE: _(
            "⚠️ Our balance at {supplier} is low: {amount}. The dearest service on sale costs "
            "{mark}."
        ),
    }[alert.why]
    text = fill(
        sentence,
        supplier=bold(_.iso(clip(alert.supplier, 60))),
        amount=bold(supplier_amount(_, alert.balance, alert.currency)),
        mark=bold(supplier_amount(_, alert.mark, alert.currency)),
    )
    return desk_screen(_, text, (Button(_("Suppliers"), OpenSuppliers()),))


def charge_alert_screen(_: Locale, alert: ChargeAlert) -> Screen:
    """The supplier took something else than expected."""
    sentence = _(
        "⚠️ Order #{order}: the supplier took {charge}, {cost} was expected. The order goes on, "
        "the customer's price stays, and new sales of this service are paused."
    )
    text = fill(
        sentence,
        order=str(alert.order),
        charge=bold(_.iso(clip(alert.charge, 60))),
        cost=bold(_.iso(clip(alert.cost, 60))),
    )
    resume = Button(_("▶ Sell it again"), ResumeService(order=alert.order))
    return desk_screen(_, text, (_order_button(_, alert.order), resume))


def oddity_screen(_: Locale, oddity: OrderOddity) -> Screen:
    """An order did something odd that moved no money."""
    sentence = {
        Oddity.SURPLUS: _(
            "⚠️ Order #{order}: more was delivered than ordered. All of it was passed on."
        ),
        Oddity.LATE_ANSWER: _(
            "⚠️ Order #{order}: the answer came late, after the order had been set aside."
        ),
        Oddity.CANCELED_AFTER_GOODS: _(
            "⚠️ Order #{order} was canceled by the supplier after goods had been delivered. "
            "The customer has both the goods and the money."
        ),
        Oddity.LATE_CODE: _(
            "⚠️ Order #{order}: a code came after the money had gone back. The customer got it "
            "for nothing; what the supplier takes for it is the shop's loss."
        ),
        Oddity.RELEASED: _(
            "⚠️ Order #{order}: our balance at the supplier did not fall, so the money went back "
            "to the customer by itself. If the supplier has the order after all, its cost is the "
            "shop's loss."
        ),
        Oddity.STUCK: _(
            "⚠️ Order #{order} has been under way for a day. The supplier neither finishes nor "
            "cancels it; the bot goes on asking."
        ),
        Oddity.UNDELIVERABLE: _(
            "⚠️ Order #{order}: the goods cannot be sent into the customer's chat. "
            "They are kept, and can be shown again from the customer's orders."
        ),
    }.get(oddity.about, _("⚠️ Order #{order}: something odd happened. Look at its history."))
    text = join([fill(sentence, order=str(oddity.order)), _oddity_words(_, oddity)])
    return desk_screen(_, text, (_order_button(_, oddity.order),))


def _oddity_words(_: Locale, oddity: OrderOddity) -> Rich | str:
    """How many, how much, under which number, or what Telegram said."""
    words = oddity.words
    if oddity.about is Oddity.SURPLUS and words.isdecimal():
        return f"+{_.number(int(words))}"
    if oddity.about is Oddity.CANCELED_AFTER_GOODS and words.isdecimal():
        return f"× {_.number(int(words))}"
    if oddity.about is Oddity.LATE_ANSWER and words == Outcome.REFUSED:
        return outcome_words(_, Outcome.REFUSED)
    if oddity.about is Oddity.LATE_ANSWER and words.startswith(_ACCEPTED):
        number = code(clip(words.removeprefix(_ACCEPTED), _LONGEST_WORDS))
        return join([outcome_words(_, Outcome.ACCEPTED), number], " · ")
    if words in set(GoneReason):
        return ""
    return _why(_, words, is_amount=oddity.about is Oddity.LATE_CODE)


def books_alert_screen(_: Locale, alert: BooksAlert) -> Screen:
    """The proof of the books failed."""
    headline = bold(_("🔴 The books do not balance. Stop selling and look at this:"))
    return desk_screen(_, join([headline, rich(alert.words).cut(_LONGEST_PROOF)], "\n\n"))


def token_alert_screen(_: Locale, alert: TokenShared) -> Screen:
    """Another program takes the updates of this bot, or none does any more."""
    begun = _(
        "🔴 Another program uses this bot's token and takes its messages. Customers' taps and "
        "messages are answered late or not at all; orders that were placed go on. Stop the other "
        "program, or give it a bot of its own, and restart this one. If you do not know it, "
        "revoke the token at @BotFather and put the new one into BOT_TOKEN."
    )
    over = _("🟢 No other program uses this bot's token any more. Taps and messages come again.")
    return desk_screen(_, over if alert.over else begun)


def _order_button(_: Locale, order: int) -> Button:
    shown = label(_("📦 Order #{order}"), order=str(order))
    return Button(shown, OpenOrderDetails(order=order))
