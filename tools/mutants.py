"""Count what `mutmut run` left in mutants/, a module a line, and fail below the promised share."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
LEFT: Final = ROOT / "mutants"
PROMISED_PERCENT: Final = 85
_LIVED: Final = frozenset({0, 33, 5})
"""mutmut's exit codes of a mutant that no test failed on, or that no test ran at all."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many mutants of a module there were, and the names of those that lived."""

    module: str
    mutants: int
    lived: tuple[str, ...]

    @property
    def percent(self) -> float:
        """The share that was killed; an endless loop counts as killed."""
        return 100 * (self.mutants - len(self.lived)) / self.mutants

    @property
    def line(self) -> str:
        """A row of the table in docs/mutants.md."""
        killed = self.mutants - len(self.lived)
        numbers = f"{self.mutants} | {killed} | {len(self.lived)} | {self.percent:.1f}"
        return f"| {self.module} | {numbers} |"


def tally_of(meta: Path) -> Tally | None:
    """One module's mutants; None where it has none.

    Raises:
        ValueError: some mutants were not tried, so there is nothing to tell.
    """
    codes: dict[str, int | None] = json.loads(meta.read_text("utf-8"))["exit_code_by_key"]
    if not codes:
        return None
    if None in codes.values():
        message = f"{meta}: the run was not finished"
        raise ValueError(message)
    lived = tuple(name for name, code in codes.items() if code in _LIVED)
    module = meta.relative_to(LEFT).as_posix().removesuffix(".py.meta")
    return Tally(module, len(codes), lived)


def main() -> int:
    """Print the table and the survivors' names."""
    counted = [one for meta in sorted(LEFT.rglob("*.meta")) if (one := tally_of(meta))]
    lived = tuple(name for one in counted for name in one.lived)
    together = Tally("together", sum(one.mutants for one in counted), lived)
    print("| module | mutants | killed | survived | % |\n|---|--:|--:|--:|--:|")
    for one in (*counted, together):
        print(one.line)
    print("\n".join(("", *lived)))
    return int(min(one.percent for one in (*counted, together)) < PROMISED_PERCENT)


if __name__ == "__main__":
    sys.exit(main())
