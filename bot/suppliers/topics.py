"""The topics under which a transaction wakes the workers of a supplier's orders and numbers."""

from __future__ import annotations

from bot.base.ids import SupplierName


def submit_topic(supplier: SupplierName) -> str:
    """Orders wait to be sent to this supplier."""
    return f"submit:{supplier}"


def poll_topic(supplier: SupplierName) -> str:
    """Orders at this supplier are due for a reading."""
    return f"poll:{supplier}"


def numbers_topic(supplier: SupplierName) -> str:
    """Rented numbers of this supplier are due for a reading."""
    return f"numbers:{supplier}"
