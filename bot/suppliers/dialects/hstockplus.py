"""HstockPlus: translated by newer servers, read whole, what a rate is for is not proved."""

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

# Source: the newer page of HstockPlus, "lang". Its older servers know no such field.
_CODES: Final = (
    "en",
    "zh",
    "es",
    "fr",
    "de",
    "ja",
    "ko",
    "pt",
    "pt-BR",
    "ru",
    "ar",
    "hi",
    "vi",
    "ur",
    "bn-BD",
)

HSTOCKPLUS: Final = Dialect(
    name="hstockplus",
    url="https://hstockplus.com/api/v2",
    is_order_id=is_positive_number,
    languages={code.lower(): code for code in _CODES} | {"jp": "ja"},
    language_field="lang",
    translated=frozenset({"categories", "services", "sms_projects", "sms_countries"}),
    probe="ru",
    rents_numbers=True,
    default_types=DEFAULT_TYPES,
    product_entities=PRODUCT_ENTITIES,
    statuses=STATUSES,
    number_statuses=NUMBER_STATUSES,
    refusals=REFUSALS,
    refusal_codes=REFUSAL_CODES,
)
