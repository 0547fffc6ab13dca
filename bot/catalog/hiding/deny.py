"""Whether goods are on the list of what a new shop does not sell."""

from __future__ import annotations

from functools import lru_cache

from bot.catalog.hiding.denied import DENIED, Denied, DenyReason, Hint
from bot.catalog.hiding.hints import read_hints
from bot.catalog.kinds.phrases import Sign
from bot.catalog.kinds.reading import read_names
from bot.suppliers.words import CatalogRow, Kind

_TELEGRAM = "telegram"


def find_denied(row: CatalogRow, kind: Kind) -> DenyReason | None:
    """Why goods or a number are on the list, None where they are not.

    The category says what goods are of, unless their name says that another house's they are.
    """
    if kind is Kind.SOCIAL:
        return None
    shelf = "" if kind is Kind.NUMBER else f"{row.category}, {row.subcategory}"
    return _find(row.name, shelf, kind)


@lru_cache(maxsize=16_384)  # each reading of a catalogue brings the same names again
def _find(name: str, shelf: str, kind: Kind) -> DenyReason | None:
    said = read_hints(name)
    known = said if not shelf or _is_of_another(name) else said | read_hints(shelf)
    found = (one.reason for one in DENIED if kind in one.kinds and _is_met(one, said, known))
    return next(found, None)


def _is_met(one: Denied, said: frozenset[Hint], known: frozenset[Hint]) -> bool:
    is_told = not one.told or bool(one.told & said)
    return is_told and not one.unless & said and any(needs <= known for needs in one.needs)


def _is_of_another(name: str) -> bool:
    """Whether a name names a house that its category need not name."""
    marks = read_names(name).marks
    return any(mark.sign is Sign.BRAND and mark.text != _TELEGRAM for mark in marks)
