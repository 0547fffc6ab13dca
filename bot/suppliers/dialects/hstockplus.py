"""HstockPlus: English only, the catalogue is read whole, what a rate is for is not proved."""

from typing import Final

from bot.suppliers.dialects.dialect import Dialect, is_positive_number
from bot.suppliers.dialects.family import (
    DEFAULT_TYPES,
    NUMBER_STATUSES,
    PRODUCT_ENTITIES,
    REFUSAL_CODES,
    REFUSALS,
    STATUSES,
)

HSTOCKPLUS: Final = Dialect(
    name="hstockplus",
    url="https://hstockplus.com/api/v2",
    is_order_id=is_positive_number,
    rents_numbers=True,
    default_types=DEFAULT_TYPES,
    product_entities=PRODUCT_ENTITIES,
    statuses=STATUSES,
    number_statuses=NUMBER_STATUSES,
    refusals=REFUSALS,
    refusal_codes=REFUSAL_CODES,
)
