"""AccPlanet: translated catalogue, one service can be read, prices are per unit."""

from typing import Final

from bot.suppliers.dialects.dialect import Dialect, is_word_or_number
from bot.suppliers.dialects.family import (
    DEFAULT_TYPES,
    PRODUCT_ENTITIES,
    REFUSAL_CODES,
    REFUSALS,
    STATUSES,
)
from bot.suppliers.errors import RefusalKind
from bot.suppliers.words import Kind

# Source: "Supported language codes" and, below, "Also accepted (aliases)".
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
    "th",
    "tr",
    "bn-BD",
)
_ALIASES: Final = {
    "zh-hans": "zh",
    "zh-cn": "zh",
    "zh-sg": "zh",
    "zh-hant": "zh",
    "zh-tw": "zh",
    "zh-hk": "zh",
    "zh-mo": "zh",
    "pt-br": "pt-BR",
    "pt_br": "pt-BR",
    "ptbr": "pt-BR",
    "bn-bd": "bn-BD",
    "bd": "bn-BD",
    "en-us": "en",
    "en-gb": "en",
}

ACCPLANET: Final = Dialect(
    name="accplanet",
    url="https://accplanet.com/api/v2",
    is_order_id=is_word_or_number,
    languages={code.lower(): code for code in _CODES} | _ALIASES,
    reads_one_service=True,
    unmarked_kind=Kind.PRODUCT,
    rate_per=1,
    default_types=DEFAULT_TYPES,
    product_entities=PRODUCT_ENTITIES,
    statuses=STATUSES,
    refusals={**REFUSALS, RefusalKind.NO_SUCH_SERVICE: ("service not found", "product not found")},
    refusal_codes=REFUSAL_CODES,
)
