"""What countries are called, as whoever puts the shop together knows it."""

from __future__ import annotations

from collections.abc import Callable

NameCountry = Callable[[str, str, str], str]
"""The name of a country: of its listed title, the supplier's id of it, and a language."""
