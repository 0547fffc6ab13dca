"""What a supplier checks at its till before it takes an order."""

import re

from sandbox.suppliers.refusals import (
    INVALID_QUANTITY,
    NOT_AVAILABLE,
    PRODUCT_NOT_FOUND,
    Refusal,
    insufficient_stock,
    minimum_quantity,
)
from sandbox.suppliers.services import SandboxService


def whole_number(text: str | None) -> int | None:
    """Read plain ASCII digits; None for anything else."""
    if text is None or not re.fullmatch(r"[0-9]{1,9}", text.strip()):
        return None
    return int(text)


def check_on_sale(service: SandboxService) -> None:
    """Refuse what cannot be bought in any quantity."""
    if service.gone:
        raise Refusal(PRODUCT_NOT_FOUND)
    if not service.listed:
        raise Refusal(NOT_AVAILABLE)


def load_quantity(service: SandboxService, asked: str | None) -> int:
    """Read a quantity that can be sold now."""
    quantity = whole_number(asked)
    if not quantity or quantity > service.max:
        raise Refusal(INVALID_QUANTITY)
    if quantity < service.min:
        raise minimum_quantity(service.min)
    if quantity > service.stock:
        raise insufficient_stock(service.stock)
    return quantity
