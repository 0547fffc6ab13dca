"""Goods that fit what was bought: a code, a key, an invitation, a login; all of it made up."""

from __future__ import annotations

import json
import random
import re
import string
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from sandbox.suppliers.world import SupplierWorld

_SHAPES: Final = Path(__file__).with_name("shelves") / "goods.json"
_PART: Final = re.compile(r"\{(\w+)\}")
_FIRST: Final = ("anna", "ben", "carla", "david", "elif", "felix", "grace", "hugo", "ines", "jon")
_LAST: Final = ("keller", "moreau", "silva", "novak", "tanaka", "haas", "rossi", "yilmaz", "berg")
_KEY: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without the letters that look like digits, as on a printed card."""
_WORD: Final = string.ascii_letters + string.digits
_BASE32: Final = string.ascii_uppercase + "234567"


def fit_goods(suppliers: Iterable[SupplierWorld]) -> None:
    """Let everything on the suppliers' shelves that has a shape of its own be delivered in it."""
    shapes = json.loads(_SHAPES.read_text(encoding="utf-8"))
    for world in suppliers:
        for service_id, shape in shapes[world.name.lower()].items():
            world.services[service_id].goods = goods_of(shape)


def goods_of(shape: str) -> Callable[[str], str]:
    """What is delivered in this shape, by a text that names the unit: the same each time.

    A shape is a text with the names of parts in braces, for example `{name}:{password}`. The
    name is one and the same wherever it stands; every other part is drawn anew.
    """

    def deliver(unit: str) -> str:
        chance = random.Random(unit)  # noqa: S311 - it opens nothing
        name = f"{chance.choice(_FIRST)}.{chance.choice(_LAST)}{chance.randint(100, 999)}"
        return _PART.sub(
            lambda part: name if part[1] == "name" else _drawn(chance, part[1]), shape
        )

    return deliver


def _drawn(chance: random.Random, part: str) -> str:
    signs, count = _DRAWN[part]
    return "".join(chance.choices(signs, k=count))


_DRAWN: Final[Mapping[str, tuple[str, int]]] = {
    "password": (_WORD, 12),
    "secret": (_BASE32, 16),
    "token": (_WORD, 24),
    "hex": ("0123456789abcdef", 32),
    "digits": (string.digits, 10),
    "pin": (string.digits, 4),
    "key4": (_KEY, 4),
    "key5": (_KEY, 5),
    "key6": (_KEY, 6),
    "key8": (_KEY, 8),
}
"""Each part: the signs it is drawn from, and how many."""
