"""The report of a campaign: one row a behaviour, in a page between two marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path
from typing import Final

from tests.crash.behaviour.known import BEHAVIOURS
from tests.crash.figures import Figures
from tests.crash.plan import is_crowd
from tests.crash.trial import Verdict

_BEGIN: Final = "<!-- crash report: begin -->"
_END: Final = "<!-- crash report: end -->"
_COLUMNS: Final = (
    "trials",
    "kills",
    "steps hit",
    "orders",
    "`add`s",
    "parked",
    "goods shown",
    "shown again",
    "violations",
)
_CROWDS: Final = "crowds of all kinds, at random"


@dataclass(frozen=True, slots=True)
class Campaign:
    """A long run: its seed, the steps it knew, what each trial brought, how long it took."""

    seed: int
    known_steps: int
    verdicts: Sequence[Verdict]
    took_s: float

    @property
    def kills(self) -> int:
        """Lives that were really killed before they were done."""
        return sum(verdict.kills for verdict in self.verdicts)

    @property
    def missed(self) -> int:
        """Kills whose step was not reached that time; they count for nothing."""
        return sum(len(verdict.missed) for verdict in self.verdicts)

    @property
    def violated(self) -> list[Verdict]:
        """The trials with violations."""
        return [verdict for verdict in self.verdicts if verdict.violations]

    def report(self) -> str:
        """The figures in words and as a table."""
        return (
            f"Seed {self.seed}: **{self.kills} kills** in {len(self.verdicts)} trials, "
            f"**{len(self.violated)} with violations**, in {self.took_s / 60:.1f} minutes. "
            f"{self.known_steps} steps were known, {len(_steps(self.verdicts))} of them hit; "
            f"{self.missed} planned kills came to nothing because their step was not reached.\n\n"
            f"{table(self.verdicts)}"
        )


def table(verdicts: Sequence[Verdict]) -> str:
    """A row for each behaviour, one for the crowds, one for all."""
    rows = [_head()]
    for name in BEHAVIOURS:
        mine = [verdict for verdict in verdicts if verdict.point.scene == name]
        if mine:
            rows.append(_row(name, mine))
    crowds = [verdict for verdict in verdicts if is_crowd(verdict.point)]
    rows += [_row(_CROWDS, crowds)] if crowds else []
    return "\n".join([*rows, _row("**all**", verdicts)])


def _head() -> str:
    names = " | ".join(("the supplier", *_COLUMNS))
    return f"| {names} |\n|---|{'--:|' * len(_COLUMNS)}"


def _row(name: str, verdicts: Sequence[Verdict]) -> str:
    all_in_all = reduce(add, (verdict.figures for verdict in verdicts), Figures())
    cells = (
        len(verdicts),
        sum(verdict.kills for verdict in verdicts),
        len(_steps(verdicts)),
        all_in_all.orders,
        all_in_all.adds,
        all_in_all.parked,
        all_in_all.goods,
        all_in_all.repeats,
        sum(len(verdict.violations) for verdict in verdicts),
    )
    return f"| {' | '.join((name, *map(str, cells)))} |"


def _steps(verdicts: Iterable[Verdict]) -> set[str]:
    """The marked steps at which somebody died, with the behaviour they belong to."""
    return {
        f"{verdict.point.scene}/{kill}"
        for verdict in verdicts
        for kill in verdict.point.kills
        if kill.step and kill not in verdict.missed
    }


def write_into(page: Path, text: str) -> None:
    """Put the report between the two marks of a page.

    Raises:
        ValueError: the page lacks them.
    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    _old, end, after = rest.partition(_END)
    if not begin or not end:
        message = f"{page} has no place for the report: {_BEGIN} ... {_END}"
        raise ValueError(message)
    page.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}", encoding="utf-8")
