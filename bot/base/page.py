"""One page of a list, brought into range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")
PAGE_SIZE: Final = 8


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; `number` counts from 0 and is already brought into range."""

    rows: tuple[T, ...]
    number: int
    pages: int
    total: int


def page_of(rows: Sequence[T], number: int, size: int = PAGE_SIZE) -> Page[T]:
    """Cut one page out; a number beyond the ends gives the nearest page."""
    pages = max(1, -(-len(rows) // size))
    at = min(max(number, 0), pages - 1)
    return Page(tuple(rows[at * size : (at + 1) * size]), at, pages, len(rows))
