"""What the rooms above hand to the transactions of the rooms below."""

from __future__ import annotations

from typing import Final

from bot.storage.kinds import Kinds, ProductKind, SocialKind
from bot.storage.number_kind import NumberKind

KINDS: Final = Kinds((ProductKind(), SocialKind(), NumberKind()))
PARTS: Final = (KINDS,)
"""For `TxSettings.parts`."""
