"""How a part of the shelf and the reasons of the shipped list are called."""

from __future__ import annotations

from bot.base.ids import CategoryId, ServiceId
from bot.catalog.hiding.denied import DenyReason
from bot.catalog.places.named import path_of
from bot.catalog.selection.selection import Scope, Selection
from bot.catalog.shelf import Shelf
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, clip


def selection_words(_: Locale, shelf: Shelf, selection: Selection) -> str:
    """A part of the shelf in one line."""
    match selection.scope:
        case Scope.SHOP:
            return _("the whole shop")
        case Scope.SERVICE:
            known = shelf.find_service(ServiceId(selection.id))
            name = "" if known is None else clip(known.listed.name, IN_TEXT)
            return _.iso(f"#{selection.id} {name}".strip())
        case Scope.CATEGORY:
            path = path_of(shelf.tree, shelf.tree.home(CategoryId(selection.id)))
            return " › ".join(_.iso(clip(name, 40)) for name in path[-3:]) or "-"
    return _.iso(clip(selection.name, IN_TEXT) or "-")


def deny_words(_: Locale, reason: DenyReason) -> str:
    """Why goods are on the list that the shop comes with."""
    return {
        DenyReason.TELEGRAM: _(
            "Telegram accounts and login codes: Telegram closes bots that sell them"
        ),
        DenyReason.BANK: _("accounts at banks, payment services and exchanges: mostly fraud"),
        DenyReason.IDENTITY: _("accounts and papers that pass for somebody else's identity"),
    }[reason]
