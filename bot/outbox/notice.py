"""The root of everything that the shop tells a person unasked."""

from __future__ import annotations

import msgspec


class Notice(msgspec.Struct, frozen=True, tag_field="kind"):
    """The root of every notice."""
