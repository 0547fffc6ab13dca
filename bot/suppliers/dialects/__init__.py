"""Every dialect that Kiosk knows, by the name that the settings know it by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.suppliers.dialects.accplanet import ACCPLANET
from bot.suppliers.dialects.dialect import Dialect
from bot.suppliers.dialects.hstockplus import HSTOCKPLUS

DIALECTS: Final[Mapping[str, Dialect]] = {
    dialect.name: dialect for dialect in (ACCPLANET, HSTOCKPLUS)
}
KNOWN_SUPPLIERS: Final[Mapping[str, Mapping[str, object]]] = {
    name: dialect.settings for name, dialect in DIALECTS.items()
}
"""What completes the settings of a supplier that goes by its dialect's name."""
