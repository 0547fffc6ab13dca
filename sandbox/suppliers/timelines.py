"""What becomes of an order as time passes, as values: seconds after the order, and a stage.

A timeline is asked with the quantity and answers its steps, so that one timeline
fits orders of every size.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final


class _LeftOut:
    """A field that the supplier forgets."""

    def __repr__(self) -> str:
        return "LEFT_OUT"


LEFT_OUT: Final = _LeftOut()


Spelling = Callable[[Sequence[str]], Sequence[str]]
"""What a status lists of the accounts that it shows: edited, covered, in another order."""


def _as_they_are(accounts: Sequence[str]) -> Sequence[str]:
    return accounts


@dataclass(frozen=True, kw_only=True)
class Stage:
    """How an order stands.

    `shown` is how many accounts the status carries (none: no `accounts` field at all).
    `spelled` says how they are listed.
    `paid_units` is what the supplier keeps its money for; None means the whole order.
    `override` replaces fields of the reply by anything; `LEFT_OUT` removes one.
    """

    status: str
    delivered: int = 0
    shown: int = 0
    spelled: Spelling = _as_they_are
    paid_units: int | None = None
    override: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """From `after_s` seconds after the order on, this is the stage."""

    after_s: int
    stage: Stage


Timeline = Callable[[int], tuple[Step, ...]]


def rewritten(reply: dict[str, object], override: Mapping[str, object]) -> dict[str, object]:
    """Put the overriding fields into a reply and take out those left out."""
    return {name: said for name, said in {**reply, **override}.items() if said is not LEFT_OUT}


def steps(*pairs: tuple[int, Stage]) -> Timeline:
    """Spell a timeline out by hand."""
    return lambda _quantity: tuple(Step(after_s, stage) for after_s, stage in pairs)


def _working(delivered: int = 0, *, shown: int = 0) -> Stage:
    return Stage(status="In progress", delivered=delivered, shown=shown)


def _done(delivered: int) -> Stage:
    return Stage(status="Completed", delivered=delivered, shown=delivered)


def _ends(after_s: int, last: Callable[[int], Stage]) -> Timeline:
    """Work in progress, then one last stage."""
    return lambda quantity: (Step(0, _working()), Step(after_s, last(quantity)))


def completes(after_s: int = 5) -> Timeline:
    """In progress, then Completed with every account."""
    return _ends(after_s, _done)


def pending_then_completes(pending_s: int = 5, after_s: int = 10) -> Timeline:
    """Pending, In progress after `pending_s`, Completed after `after_s`."""
    return lambda quantity: (
        Step(0, Stage(status="Pending")),
        Step(pending_s, _working()),
        Step(after_s, _done(quantity)),
    )


def grows(step_s: int = 5) -> Timeline:
    """One more account every `step_s` while In progress; Completed with the last."""

    def of(quantity: int) -> tuple[Step, ...]:
        growing = (Step(n * step_s, _working(n, shown=n)) for n in range(quantity))
        return (*growing, Step(quantity * step_s, _done(quantity)))

    return of


def counts_down(step_s: int = 5, parts: int = 4) -> Timeline:
    """Work on a link: `remains` falls in equal parts and nothing is handed over before the end."""

    def of(quantity: int) -> tuple[Step, ...]:
        working = (Step(n * step_s, _working(quantity * n // parts)) for n in range(parts))
        return (*working, Step(parts * step_s, _done(quantity)))

    return of


def completed_then_accounts_later(later_s: int = 30, after_s: int = 5) -> Timeline:
    """Completed after `after_s` with nothing to show, the accounts `later_s` after that."""
    return lambda quantity: (
        Step(0, _working()),
        Step(after_s, Stage(status="Completed", delivered=quantity)),
        Step(after_s + later_s, _done(quantity)),
    )


def completed_with_fewer(delivered: int, after_s: int = 5) -> Timeline:
    """Completed, paid in full, and yet only so many accounts."""
    return _ends(after_s, lambda _quantity: _done(delivered))


def completed_with_more(extra: int = 1, after_s: int = 5) -> Timeline:
    """Completed with more accounts than were ordered; `remains` stays at zero."""
    return _ends(after_s, lambda quantity: _done(quantity + extra))


def partial(delivered: int, after_s: int = 5) -> Timeline:
    """Partial: so many came, the rest of the money goes back."""
    return _ends(after_s, lambda _quantity: partial_stage(delivered))


def partial_stage(delivered: int) -> Stage:
    """Partly delivered and over."""
    return Stage(status="Partial", delivered=delivered, shown=delivered, paid_units=delivered)


def canceled(after_s: int = 5, spelling: str = "Canceled") -> Timeline:
    """Canceled: nothing came, all money goes back."""
    return _ends(after_s, lambda _quantity: Stage(status=spelling, paid_units=0))


def never() -> Timeline:
    """In progress for ever."""
    return steps((0, _working()))


def goes_backwards(step_s: int = 5) -> Timeline:
    """Half done, Pending again, Completed, and In progress after that."""
    return lambda quantity: (
        Step(0, _working(quantity // 2, shown=quantity // 2)),
        Step(step_s, Stage(status="Pending")),
        Step(2 * step_s, _done(quantity)),
        Step(3 * step_s, _working(quantity // 2, shown=quantity // 2)),
    )


def says(status: str, after_s: int = 5) -> Timeline:
    """In progress, then any status text at all."""
    return _ends(after_s, lambda _quantity: Stage(status=status))


def trouble(after_s: int = 5, spelling: str = "Failed") -> Timeline:
    """Failed: no word about the money."""
    return says(spelling, after_s)


def last_stage_with(timeline: Timeline, override: Mapping[str, object]) -> Timeline:
    """Rewrite fields of the last stage, for example `{"remains": "abc"}`."""

    def of(quantity: int) -> tuple[Step, ...]:
        *before, last = timeline(quantity)
        stage = replace(last.stage, override={**last.stage.override, **override})
        return (*before, Step(last.after_s, stage))

    return of
