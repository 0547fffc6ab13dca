"""What Telegram shows of the bot outside the chat, in one reader's language."""

from __future__ import annotations

from typing import Final

from aiogram.types import BotCommand

from bot.chat.kit.locale import Voice

_DESCRIPTION_MAX: Final = 512
_SHORT_DESCRIPTION_MAX: Final = 120


def customer_commands(_: Voice, *, numbers: bool) -> list[BotCommand]:
    """What every customer may send; each works at any step. `numbers` where they are sold."""
    told = {
        "start": _("Open the shop"),
        "catalog": _("What is on sale"),
        "numbers": _("Receive a code by SMS"),
        "orders": _("Your orders"),
        "wallet": _("Your balance and movements"),
        "language": _("Choose your language"),
        "help": _("How it works"),
        "support": _("Write to us"),
        "paysupport": _("Help with payments"),
        "terms": _("Terms"),
        "privacy": _("Privacy"),
    }
    return _listed({name: text for name, text in told.items() if numbers or name != "numbers"})


def operator_commands(_: Voice, *, numbers: bool) -> list[BotCommand]:
    """What an operator may send besides; Telegram shows one menu a chat, so the shop's follows."""
    desk = {
        "desk": _("Open the desk"),
        "topup": _("Give credit"),
        "debit": _("Take credit back"),
        "user": _("Look at a customer"),
        "order": _("Look at an order"),
        "suppliers": _("Suppliers: balances and health"),
    }
    return [*_listed(desk), *customer_commands(_, numbers=numbers)]


def description(_: Voice, shop: str) -> str:
    """What the empty chat shows before Start; 512 characters at most."""
    text = _(
        "{shop}: accounts and services, delivered right here in the chat. You pay from your "
        "balance, and whatever is not delivered is refunded by itself. Press Start to look around."
    )
    return text.format(shop=_.iso(shop))[:_DESCRIPTION_MAX]


def short_description(_: Voice, shop: str) -> str:
    """What the profile and shared links show; 120 characters at most."""
    text = _("{shop}: accounts and services, delivered right here in the chat.")
    return text.format(shop=_.iso(shop))[:_SHORT_DESCRIPTION_MAX]


def _listed(told: dict[str, str]) -> list[BotCommand]:
    return [BotCommand(command=name, description=text) for name, text in told.items()]
