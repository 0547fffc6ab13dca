"""Many patterns over many names at once: each pattern is looked for in all names together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final

from bot.catalog.selection.selection import ANY, fits_folded
from bot.suppliers.words import fold

_LONGEST: Final = 300
"""Characters of a name that are looked at."""


class FoldedNames:
    """Names made alike, in one text; `find` takes time in step with its length."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [fold(name[:_LONGEST]) for name in names]
        self._text = "\n".join(self._names)
        self._starts = [0, *accumulate(len(name) + 1 for name in self._names)][:-1]

    def find(self, pattern: str) -> Iterator[int]:
        """The places of the names that a pattern fits, in their order."""
        pattern = fold(pattern)
        rarest = max(pattern.split(ANY), key=len)
        is_within = pattern == f"{ANY}{rarest}{ANY}"
        if not rarest:
            yield from range(len(self._names))
            return
        at = self._text.find(rarest)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            if is_within or fits_folded(pattern, self._names[place]):
                yield place
            end = self._starts[place] + len(self._names[place])
            at = self._text.find(rarest, end)
