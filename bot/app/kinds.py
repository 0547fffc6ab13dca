"""What the rooms above hand to the transactions of the rooms below."""

from __future__ import annotations

from typing import Final

from bot.numbers.kind import NumberKind
from bot.orders.kinds import Kinds, ProductKind, SocialKind

KINDS: Final = Kinds((ProductKind(), SocialKind(), NumberKind()))
PARTS: Final = (KINDS,)
"""For `TxSettings.parts`."""
