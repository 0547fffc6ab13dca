"""What a translated text costs: loading all languages, and looking one text up."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final

from bot.i18n.language import LANGUAGES
from bot.i18n.texts import Texts

_LOCALES: Final = Path(__file__).parents[1] / "locales"
_LOOKS: Final = 200_000


async def measure() -> AsyncIterator[str]:
    """A plain text and a counted one, looked up on this very thread, against a dict's answer."""
    began = time.perf_counter()
    texts = Texts.load(_LOCALES)
    loaded = time.perf_counter() - began
    _ = texts.for_locale("ar")
    dictionary = {"🛍 Catalog": "x"}
    bare = _each(lambda: dictionary["🛍 Catalog"])
    plain = _each(lambda: _.gettext("🛍 Catalog"))
    counted = _each(lambda: _.ngettext("{count} order", "{count} orders", 5))
    yield (
        f"a text in {plain * 1e6:.2f} µs ({plain / bare:.0f} times a dict's answer), "
        f"a counted one in {counted * 1e6:.2f} µs; no thread is asked"
    )
    yield f"all {len(LANGUAGES)} languages read and compiled in {loaded:.2f} s, once"


def _each(look: Callable[[], object]) -> float:
    began = time.perf_counter()
    for _ in range(_LOOKS):
        look()
    return (time.perf_counter() - began) / _LOOKS
