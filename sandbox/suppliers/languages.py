"""The languages in which the suppliers name their goods, with the spellings they forgive.

Source: AccPlanet API v2, "Supported language codes" and "Also accepted (aliases)"; of HstockPlus a
newer page than the one we have, "lang".
"""

PRIMARY = (
    "en", "zh", "es", "fr", "de", "ja", "ko", "pt", "pt-BR",
    "ru", "ar", "hi", "vi", "ur", "th", "tr", "bn-BD",
)  # fmt: skip

ALIASES = {
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

_KNOWN = {code.lower(): code for code in PRIMARY} | ALIASES


_HSTOCKPLUS = {code.lower(): code for code in PRIMARY if code not in {"th", "tr"}} | {"jp": "ja"}


def hstockplus_language(asked: str) -> str:
    """The same at HstockPlus."""
    return _HSTOCKPLUS.get(asked.strip().lower(), "en")


def primary_language(asked: str) -> str:
    """Answer the code whose translations are used; whatever is unknown reads as English."""
    return _KNOWN.get(asked.strip().lower(), "en")
