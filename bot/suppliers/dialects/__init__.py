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
