"""The report of a campaign: a row for each behaviour, or for each kind of kill where there is a
server; in a page, between two marks for each database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.crash.behaviour.known import BEHAVIOURS
from tests.crash.databases import MAY_FALL
from tests.crash.plan import is_crowd
from tests.crash.steps import Victim
from tests.crash.trial import Verdict

_BEGIN: Final = "<!-- crash report on {}: begin -->"
_END: Final = "<!-- crash report on {}: end -->"
Verdicts = Sequence[Verdict]
Naming = Callable[[Verdict], str]
_CROWDS: Final = "crowds of all kinds, at random"
_VICTIMS: Final = {
    frozenset[Victim](): "nothing",
    frozenset({Victim.BOT}): "the bot is killed",
    frozenset({Victim.SERVER}): "the server falls",
    frozenset({Victim.BOTH}): "both in one instant",
}
_SEVERAL: Final = "one after the other"


@dataclass(frozen=True, slots=True)
class Campaign:
    """A long run: its seeds, the steps it knew, what each trial brought, how long it took."""

    database: str
    seeds: Sequence[int]
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
        seeds = ", ".join(map(str, self.seeds))
        return (
            f"Seed {seeds}: **{self.kills} kills**{self._falls} in "
            f"{len(self.verdicts)} trials, "
            f"**{len(self.violated)} with violations**, in {self.took_s / 60:.1f} minutes. "
            f"{self.known_steps} steps were known, {len(_steps(self.verdicts))} of them hit; "
            f"{self.missed} planned kills came to nothing because their step was not reached.\n\n"
            f"{self._table()}"
        )

    @property
    def _falls(self) -> str:
        falls = sum(verdict.falls for verdict in self.verdicts)
        return f" of the bot and **{falls} of the server**" if self.database in MAY_FALL else ""

    def _table(self) -> str:
        if self.database in MAY_FALL:
            return _table(
                "what is killed", (*_VICTIMS.values(), _SEVERAL), _victims, self.verdicts
            )
        return _table("the supplier", (*BEHAVIOURS, _CROWDS), _scene, self.verdicts)


def _scene(verdict: Verdict) -> str:
    return _CROWDS if is_crowd(verdict.point) else verdict.point.scene


def _victims(verdict: Verdict) -> str:
    victims = frozenset(kill.whom for kill in verdict.point.kills)
    return _VICTIMS.get(victims, _SEVERAL)


def _table(head: str, names: Iterable[str], name_of: Naming, verdicts: Verdicts) -> str:
    """A row for each name that any trial has, in this order, and one for all."""
    columns = [name for name in _COLUMNS if name != _FALLS or any(one.falls for one in verdicts)]
    mine = {name: [one for one in verdicts if name_of(one) == name] for name in names}
    return "\n".join(
        (
            f"| {' | '.join((head, *columns))} |",
            f"|---|{'--:|' * len(columns)}",
            *(_row(name, columns, some) for name, some in mine.items() if some),
            _row("**all**", columns, verdicts),
        )
    )


def _row(name: str, columns: Iterable[str], verdicts: Verdicts) -> str:
    cells = (str(_COLUMNS[column](verdicts)) for column in columns)
    return f"| {' | '.join((name, *cells))} |"


def _summed(name: str) -> Callable[[Verdicts], int]:
    """What adds up one figure of all trials."""

    def add_up(verdicts: Verdicts) -> int:
        return sum(getattr(verdict.figures, name) for verdict in verdicts)

    return add_up


def _steps(verdicts: Iterable[Verdict]) -> set[str]:
    """The marked steps at which somebody died, with the behaviour they belong to."""
    return {
        f"{verdict.point.scene}/{kill}"
        for verdict in verdicts
        for kill in verdict.point.kills
        if kill.step and kill not in verdict.missed
    }


_FALLS: Final = "falls"
_COLUMNS: Final[dict[str, Callable[[Verdicts], int]]] = {
    "trials": len,
    "kills": lambda verdicts: sum(verdict.kills for verdict in verdicts),
    _FALLS: lambda verdicts: sum(verdict.falls for verdict in verdicts),
    "steps hit": lambda verdicts: len(_steps(verdicts)),
    "orders": _summed("orders"),
    "`add`s": _summed("adds"),
    "parked": _summed("parked"),
    "goods shown": _summed("goods"),
    "shown again": _summed("repeats"),
    "violations": lambda verdicts: sum(len(verdict.violations) for verdict in verdicts),
}


def write_into(page: Path, database: str, text: str) -> None:
    """Put the report on a database between the two marks of a page.

    Raises:
        ValueError: the page lacks them.
    """
    first, last = _BEGIN.format(database), _END.format(database)
    before, begin, rest = page.read_text(encoding="utf-8").partition(first)
    _old, end, after = rest.partition(last)
    if not begin or not end:
        message = f"{page} has no place for the report: {first} ... {last}"
        raise ValueError(message)
    page.write_text(f"{before}{first}\n{text}\n{last}{after}", encoding="utf-8")
