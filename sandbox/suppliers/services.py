"""What a pretend supplier has on its shelf."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

_FINEST = Decimal("0.000001")
_CENT = Decimal("0.01")

Names = Mapping[str, str]  # field name (name, description, category, subcategory) -> its text


def money_text(amount: Decimal) -> str:
    """Write an amount as the suppliers do: two places, more only where they are needed."""
    in_cents = amount.quantize(_CENT, rounding=ROUND_HALF_UP)
    if in_cents == amount:
        return f"{in_cents:f}"
    return f"{amount.quantize(_FINEST, rounding=ROUND_HALF_UP):f}".rstrip("0")


@dataclass(kw_only=True)
class SandboxService:
    """One row of the shelf.

    `listed` False hides the row and stops its sale ("not available for purchase");
    `gone` keeps the row on the list although the product behind it no longer exists.
    `rate_per` is how many units the rate pays for: the page of HstockPlus does not say it.
    """

    id: int | str
    name: str
    rate: Decimal
    category: str
    subcategory: str = ""
    description: str = ""
    type: str = "Default"
    min: int = 1
    max: int = 100
    stock: int = 100
    refill: bool = False
    cancel: bool = False
    entity_type: str | None = "product"
    auto_delivery: bool = True
    listed: bool = True
    gone: bool = False
    rate_per: int = 1
    start_count: int = 0
    goods: Callable[[str], str] | None = None
    """What is delivered, by the name of a unit; None where nobody looks at it."""
    translations: dict[str, Names] = field(default_factory=dict)
    extra: dict[str, object] = field(default_factory=dict)

    @property
    def is_product(self) -> bool:
        """Tell goods that are handed over from work done on a link."""
        return self.entity_type == "product"

    @property
    def available(self) -> bool:
        """Tell whether one could be bought now."""
        return self.listed and not self.gone and self.stock > 0

    def cost(self, units: int) -> Decimal:
        """Price `units` exactly as the wallet at the supplier is charged."""
        return (self.rate * units / self.rate_per).quantize(_FINEST, rounding=ROUND_HALF_UP)

    def words(self, language: str) -> dict[str, str]:
        """Answer the four translated fields, each falling back to English by itself."""
        english = {
            "name": self.name,
            "description": self.description,
            "category": self.category,
            "subcategory": self.subcategory,
        }
        return english | dict(self.translations.get(language, {}))
