"""Forty customers who were there before: none of them has a phone on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_FIRST_ID: Final = 710_001


@dataclass(frozen=True, slots=True)
class Regular:
    """Somebody who has bought before; `often` is how much more than others."""

    id: int
    name: str
    username: str
    language: str
    often: int


_NAMES: Final = (
    *(("Anna", "anna_k", "en", 9), ("Marco", "marco_r", "en", 4), ("Дмитрий", "dima88", "ru", 8)),
    *(("Chloé", "chloe", "en", 3), ("Ольга", "olya_m", "ru", 3), ("James", "jamesw", "en", 6)),
    *(("Иван", "ivan_petrov", "ru", 5), ("Sofia", "", "en", 2), ("Noah", "noah_b", "en", 2)),
    *(("Екатерина", "katya", "ru", 4), ("Lukas", "lukas_h", "en", 3), ("Zoë", "zoe", "en", 1)),
    *(("Алексей", "", "ru", 2), ("Emma", "emma_l", "en", 3), ("Yusuf", "yusuf", "en", 2)),
    *(("Мария", "masha", "ru", 2), ("Priya", "priya_s", "en", 4), ("Oliver", "", "en", 1)),
    *(("Сергей", "sergey_v", "ru", 6), ("Mia", "mia", "en", 1), ("Diego", "diego_f", "en", 2)),
    *(("Анастасия", "nastya", "ru", 1), ("Ben", "ben_t", "en", 2), ("Aiko", "aiko", "en", 1)),
    *(("Павел", "pavel", "ru", 3), ("Lena", "lena_w", "en", 1), ("Tom", "", "en", 1)),
    *(("Наталья", "", "ru", 1), ("Hugo", "hugo_m", "en", 2), ("Ivy", "ivy", "en", 1)),
    *(("Максим", "max_z", "ru", 3), ("Grace", "grace_o", "en", 1), ("Omar", "omar", "en", 2)),
    *(("Татьяна", "tanya", "ru", 1), ("Jon", "jon_d", "en", 1), ("Elif", "elif_y", "en", 1)),
    *(("Виктор", "victor", "ru", 1), ("Sam", "sam", "en", 1), ("Nina", "nina_p", "en", 1)),
    ("Артём", "artem", "ru", 2),
)
REGULARS: Final = tuple(Regular(_FIRST_ID + nth, *row) for nth, row in enumerate(_NAMES))
