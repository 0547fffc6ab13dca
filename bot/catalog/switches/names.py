"""What can be switched off beside a supplier; each stands among the suppliers' names."""

from __future__ import annotations

from typing import Final

from bot.base.ids import SupplierName

SHOP: Final = SupplierName("")
"""The whole shop: while it is off, every supplier is."""
NUMBERS: Final = SupplierName("#sms")
"""SMS numbers, whichever supplier rents them out."""


def words_key(what: SupplierName) -> str:
    """Under which name the words are kept that customers read while this is switched off."""
    return f"off:{what}"
