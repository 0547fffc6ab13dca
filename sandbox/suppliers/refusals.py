"""Every refusal on the suppliers' pages, in their own words.

Source: AccPlanet API v2, "Error Responses"; HstockPlus API v2, the error list at its end.
"""

from typing import Final

INVALID_KEY: Final = "Invalid API key"
INVALID_ACTION: Final = "Invalid action"
SERVICE_REQUIRED: Final = "Service ID is required"
SERVICE_NOT_FOUND: Final = "Service not found"
PRODUCT_NOT_FOUND: Final = "Product not found."
NOT_AVAILABLE: Final = "This product is not available for purchase."
INVALID_QUANTITY: Final = "Invalid quantity."
NO_FUNDS_ACCPLANET: Final = "Insufficient balance. Please recharge your account."
NO_FUNDS_HSTOCKPLUS: Final = "Insufficient balance"
ORDER_NOT_FOUND: Final = "Order not found"
CATEGORY_NOT_FOUND: Final = "Category not found"
SUBCATEGORY_NOT_FOUND: Final = "Subcategory not found"
SUBCATEGORY_ELSEWHERE: Final = "Subcategory not found in category"
LINK_REQUIRED: Final = "Link is required"  # On no page: HstockPlus says only that it needs one.


class Refusal(Exception):
    """The supplier says no."""

    def __init__(self, said: str, *, status: int | None = None) -> None:
        super().__init__(said)
        self.said = said
        self.status = status


def minimum_quantity(least: int) -> Refusal:
    """Fewer were asked for than are sold at once."""
    return Refusal(f"Minimum quantity is {least}.")


def insufficient_stock(left: int) -> Refusal:
    """More were asked for than are left."""
    return Refusal(f"Insufficient stock. Available: {left}.")
