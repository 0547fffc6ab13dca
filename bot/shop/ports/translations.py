"""Suppliers' texts in other languages, beside the English catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import ServiceId, SupplierName
from bot.domain.translation import Translation


@dataclass(frozen=True, slots=True)
class Translated:
    """What one service is called and said to be elsewhere; None where that is English."""

    service: ServiceId
    name: Translation | None
    description: Translation | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A language whose turn it is to be read from a supplier; `first` when it never was."""

    supplier: SupplierName
    language: str
    first: bool
