"""How many units a price is for."""

from __future__ import annotations

from typing import Final, Literal

FLAT: Final = "flat"
Basis = int | Literal["flat"]
"""How many units a rate is for (a positive whole number); `flat`: the rate is the order."""
