"""What all notices have in common."""

from __future__ import annotations

import msgspec


class Notice(msgspec.Struct, frozen=True, tag_field="kind"):
    """The root of every notice."""
