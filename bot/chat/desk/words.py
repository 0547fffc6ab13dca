"""The desk's words for states, reasons, movements and why something is not for sale."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from bot.catalog.errors import NotForSaleReason
from bot.catalog.refresh import UnreadReason
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, rich
from bot.i18n.language import with_minus
from bot.money.ledger import TransferKind
from bot.orders.rules.moves import Outcome, Reason, State
from bot.outbox.notices import SupplierCause
from bot.people.customers import Customer

_NO_SEPARATORS: Final = dict.fromkeys(map(ord, '·•∙⋅‧・"“”„«»'), " ")


def state_words(_: Locale, state: State) -> str:
    """Where an order stands, for operators."""
    return {
        State.QUEUED: _("waiting to be sent"),
        State.SUBMITTING: _("being sent"),
        State.ACTIVE: _("in progress"),
        State.IN_DOUBT: _("in doubt"),
        State.ATTENTION: _("needs a person"),
        State.COMPLETED: _("completed"),
        State.PARTIAL: _("partly delivered"),
        State.CANCELED: _("canceled"),
        State.FAILED: _("failed"),
    }[state]


def reason_words(_: Locale, reason: Reason) -> str:
    """Why an order failed, is parked or needs a person, for operators."""
    return {
        Reason.REFUSED: _("the supplier refused it"),
        Reason.OUT_OF_STOCK: _("the supplier is out of stock"),
        Reason.SUPPLIER_UNAVAILABLE: _("the supplier cannot be used now"),
        Reason.PATIENCE_OVER: _("the supplier could not be reached in time"),
        Reason.CUSTOMER_CANCELED: _("the customer canceled it"),
        Reason.NOT_PLACED: _("an operator found that it was not placed"),
        Reason.LIKELY_NOT_PLACED: _("our balance there showed that it was not placed"),
        Reason.WRITTEN_OFF: _("an operator wrote it off"),
        Reason.ANSWER_LOST: _("it was sent and no answer came back"),
        Reason.INTERRUPTED: _("the bot stopped while it was being sent"),
        Reason.ID_ALREADY_OURS: _("the supplier answered an id that another order has"),
        Reason.TROUBLE_STATUS: _("the supplier reports an error"),
        Reason.BAD_REMAINS: _("what the supplier says is left cannot be right"),
        Reason.GOODS_MISSING: _("the supplier calls it done, but goods are missing"),
        Reason.UNKNOWN_TO_SUPPLIER: _("the supplier says there is no such order"),
        Reason.UNREADABLE: _("what the supplier says about it cannot be read"),
        Reason.OPERATOR_DECIDED: _("an operator decided"),
        Reason.SUPPLIER_GONE: _("the settings no longer name this supplier"),
        Reason.NO_CODE: _("no code came to the number"),
        Reason.RESTORED: _(
            "it was waiting in the copy that the shop was restored from, and may have been sent "
            "since then"
        ),
    }[reason]


def outcome_words(_: Locale, outcome: Outcome) -> str:
    """What became of an attempt."""
    return {
        Outcome.UNKNOWN: _("no answer yet"),
        Outcome.ACCEPTED: _("accepted"),
        Outcome.REFUSED: _("refused"),
        Outcome.NOT_SENT: _("never left"),
        Outcome.IN_DOUBT: _("outcome unknown"),
    }[outcome]


def movement_words(_: Locale, kind: TransferKind) -> str:
    """What a movement of credit is, for operators."""
    return {
        TransferKind.TOPUP: _("top-up"),
        TransferKind.DEBIT: _("debit"),
        TransferKind.HOLD: _("hold"),
        TransferKind.CAPTURE: _("capture"),
        TransferKind.RELEASE: _("release"),
        TransferKind.REVERSE: _("reversal"),
        TransferKind.REFUND: _("refund"),
    }[kind]


def hidden_words(_: Locale, why: NotForSaleReason) -> str:
    """Why services are hidden, for operators."""
    return {
        NotForSaleReason.GONE: _("no longer listed by the supplier"),
        NotForSaleReason.UNKNOWN_BASIS: _("nobody has said what the rate is for"),
        NotForSaleReason.UNKNOWN_KIND: _("nobody has said whether they need a link"),
        NotForSaleReason.NEGATIVE_MARGIN: _("would be sold at a loss"),
        NotForSaleReason.UNSUPPORTED_TYPE: _("a type that needs more than a link"),
        NotForSaleReason.SOCIAL_OFF: _("social network services are switched off"),
        NotForSaleReason.UNREADABLE: _("the supplier's row cannot be read"),
        NotForSaleReason.SERVICE_PAUSED: _("paused"),
        NotForSaleReason.PRICE_JUMPED: _("paused until you agree to the supplier's new price"),
        NotForSaleReason.SUPPLIER_PAUSED: _("the supplier is paused"),
        NotForSaleReason.STALE: _("the catalogue is too old"),
        NotForSaleReason.HIDDEN: _("hidden by hand"),
        NotForSaleReason.DENIED: _("kept off by the list that the shop comes with"),
    }[why]


def unread_words(_: Locale, why: UnreadReason) -> str:
    """Why a supplier's catalogue is not read, and what an operator can do about it."""
    return {
        UnreadReason.KEY: _("the supplier refuses our key; put the right one into the settings"),
        UnreadReason.REFUSED: _("the supplier refuses to show it"),
        UnreadReason.WAITS: _("the supplier asks us to wait"),
        UnreadReason.SILENT: _("the supplier does not answer"),
        UnreadReason.UNREADABLE: _("the supplier's answer cannot be read"),
        UnreadReason.SHRANK: _("it has become much smaller and is not believed"),
    }[why]


def pause_words(_: Locale, pauses: tuple[SupplierCause, ...]) -> str:
    """Why new sales from a supplier are kept away."""
    known = {
        SupplierCause.KEY: _("the supplier refuses our key"),
        SupplierCause.WALLET: _("our balance at the supplier is too low"),
        SupplierCause.CURRENCY: _("the supplier's balance is in another currency"),
        SupplierCause.UNREAD: _("the supplier's balance cannot be read"),
        SupplierCause.SWITCHED: _("switched off by hand"),
        SupplierCause.OUTAGE: _("the supplier does not answer"),
    }
    return ", ".join(known.get(why) or _("paused") for why in pauses)


def supplier_amount(_: Locale, amount: Decimal, currency: str) -> str:
    """The supplier's own money, exact, as the supplier counts it."""
    shown = with_minus(f"{amount.normalize():f}")
    return _.iso(clip(f"{shown} {currency}", 60))


def who(_: Locale, customer: Customer) -> Rich:
    """A customer in one line: their id first, then what others may choose to be called as well.

    A name may say anything, another customer's line too: it is quoted, and holds none of the signs
    that hold this line together.
    """
    name = clip(customer.first_name.translate(_NO_SEPARATORS), 40) or "-"
    parts = [_.iso(str(customer.id))]
    if customer.username:
        parts.append(_.iso(f"@{clip(customer.username, 32)}"))
    parts.append(_.iso(f"“{name}”"))
    return rich(" · ".join(parts))
