"""The words for roles, and for what stands in the log."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from bot.base.acts import Role
from bot.base.money import money_from
from bot.catalog.hiding.decide import OFF_BY_LIST, SHELF_ACTIONS
from bot.catalog.hiding.rules import Verdict
from bot.catalog.prices.decide import PRICE_RULE
from bot.chat.desk.words import reason_words, state_words
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.desk.exports.ask import CANCELED, EXPORTED
from bot.orders.rules.moves import Reason, State
from bot.people.audit import NOT_PERMITTED
from bot.people.limits import Limit

_MONEY: Final = frozenset(
    {
        "topup",
        "debit",
        "reverse",
        "refund",
        "agree to credit",
        "ask for approval",
        "refuse credit",
        f"limit {Limit.SPEND}",
    }
)


def role_words(_: Locale, role: Role | None) -> str:
    """A role's name."""
    if role is None:
        return _("no role")
    return {
        Role.OWNER: _("owner"),
        Role.CASHIER: _("cashier"),
        Role.SUPPORT: _("support"),
        Role.VIEWER: _("viewer"),
    }[role]


def role_meaning(_: Locale, role: Role | None) -> str:
    """What somebody in this role may do."""
    if role is None:
        return _("A customer like any other; the desk is closed to them.")
    return {
        Role.OWNER: _("May do everything, and gives roles to others."),
        Role.CASHIER: _("Gives and takes back credit, and answers requests for it."),
        Role.SUPPORT: _("Looks after orders and customers, and gives money back up to a limit."),
        Role.VIEWER: _("Reads everything and changes nothing."),
    }[role]


def action_words(_: Locale, action: str) -> str:
    """What was done."""
    known = {
        "topup": _("gave credit"),
        "debit": _("took credit back"),
        "reverse": _("undid a change of credit"),
        "deny top-up": _("declined a request for credit"),
        "ask about top-up": _("asked about a request for credit"),
        "ask for approval": _("asked for a second operator"),
        "agree to credit": _("agreed to credit that another operator gives"),
        "refuse credit": _("refused credit that needs a second operator"),
        "ban": _("stopped them from buying"),
        "unban": _("let them buy again"),
        "attach": _("found the order at the supplier"),
        "send_again": _("sent the order again"),
        "call_off": _("canceled the order"),
        "end": _("ended the order"),
        "keep_polling": _("had the supplier asked again"),
        "take_over": _("took the order over"),
        "answer claim": _("answered a claim"),
        "solve claim": _("closed a claim"),
        "refund": _("gave money back"),
        "replace": _("sent a replacement"),
        "resend": _("sent the goods again"),
        "resume": _("resumed sales"),
        "end_safe_mode": _("opened the shop after a restore"),
        "late_code": _("a code came too late and was not charged"),
        "role": _("changed a role"),
        "write": _("wrote to the customer"),
        "note": _("changed the note about them"),
        f"limit {Limit.ORDERS}": _("changed their limit: orders in one hour"),
        f"limit {Limit.SPEND}": _("changed their limit: spending in one day"),
        f"limit {Limit.OPEN}": _("changed their limit: open orders at once"),
        "merge category": _("merged a category into another"),
        "keep category apart": _("kept one supplier's part of a category apart"),
        "rename category": _("renamed a category"),
        "put category back": _("put a category back where it is listed"),
        PRICE_RULE: _("changed a price rule"),
        "name category": _("named a category in one language"),
        "give category an icon": _("changed the icon of a category"),
        "move category": _("moved a category among the others"),
        "put categories back in order": _("put categories back into their suppliers' order"),
        "hide": _("hid a part of the shelf"),
        "show": _("showed a part of the shelf that a wider rule hides"),
        "sell in spite of the list": _("sells what the shop's list keeps off the shelf"),
        "take a rule of the shelf back": _("took a rule of the shelf back"),
        "set basis": _("said what a supplier's rates are for"),
        "calibrate": _("placed an order to find out what a rate is for"),
        "confirm price": _("agreed to a supplier's new price"),
        "confirm prices": _("agreed to all new prices of a supplier"),
        "keep price hidden": _("kept a service hidden because of its price"),
        "switch off": _("switched sales off"),
        "switch on": _("switched sales on"),
        "text": _("changed a text"),
        "reset text": _("put a text back into the shipped words"),
        "start broadcast": _("sent a message to many customers"),
        "pause broadcast": _("paused a message to many customers"),
        "resume broadcast": _("continued a message to many customers"),
        "stop broadcast": _("stopped a message to many customers"),
        EXPORTED: _("asked for a file of the books"),
        CANCELED: _("called a file of the books off"),
        "tie": _("let services stand in for each other"),
        "untie": _("ended a stand-in"),
        NOT_PERMITTED: _("tried what their role does not permit"),
    }
    if action in {reason.value for reason in Reason}:
        return reason_words(_, Reason(action))
    return known.get(action) or known.get(action.partition(" ")[0]) or _.iso(clip(action, 40))


def _verdict(_: Locale, value: str) -> str:
    return {
        Verdict.HIDE.value: _("hidden"),
        Verdict.SHOW.value: _("shown"),
        Verdict.ALLOW.value: _("sold in spite of the list"),
        OFF_BY_LIST: _("kept off by the list"),
    }.get(value, _("no rule"))


def subject_words(_: Locale, subject: str) -> str:
    """What it was done to: `order:12` is Order #12."""
    noun, _colon, name = subject.partition(":")
    return {
        "order": _("order {id}"),
        "customer": _("customer {id}"),
        "supplier": _("supplier {id}"),
        "service": _("service {id}"),
        "category": _("category {id}"),
        "broadcast": _("broadcast {id}"),
        "shop": _("the shop"),
        "pattern": _("names like {id}"),
        "sms": _("SMS numbers"),
        "text": _("text {id}"),
        "permission": "",
    }.get(noun, "{id}").format(id=_.iso(f"#{name}" if noun == "order" else clip(name, 40)))


def value_words(_: Locale, action: str, value: str) -> str:
    """What stood there before or stands there after: an amount, a state, a role, or as it is."""
    if action in _MONEY and value:
        return _.money(money_from(Decimal(value)))
    if action in SHELF_ACTIONS:
        return _verdict(_, value)
    if value in {state.value for state in State}:
        return state_words(_, State(value))
    if action == "role":
        return role_words(_, Role(value) if value else None)
    return _.iso(clip(value, 40))
