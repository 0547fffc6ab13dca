r"""The life of a rented number: its states, the only moves between them, and what one look means.

    rented --> waiting --code--> received --time over--> closed
                  |  \                                      ^
                  |   +--no code in time--> expired --------+
                  +--called off----------> canceled --------+
                                        ten more minutes

`waiting` holds the order's money; `received` has earned it and goes on looking for further codes.
`expired` and `canceled` have given it back and look on for a late code, which is free.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.orders.views import RentalState
from bot.suppliers.progress import RentalWord
from bot.suppliers.words import Code

MOVES: Final[dict[RentalState, frozenset[RentalState]]] = {
    RentalState.WAITING: frozenset(
        {RentalState.RECEIVED, RentalState.EXPIRED, RentalState.CANCELED}
    ),
    RentalState.RECEIVED: frozenset({RentalState.CLOSED}),
    RentalState.EXPIRED: frozenset({RentalState.CLOSED}),
    RentalState.CANCELED: frozenset({RentalState.CLOSED}),
    RentalState.CLOSED: frozenset(),
}
"""From each state, the states it may become; an empty set is an end."""

USUAL_LIFE: Final = timedelta(minutes=20)
"""How long a number lives when the supplier does not say it, or nothing believable."""
SHORTEST_LIFE: Final = timedelta(minutes=1)
LONGEST_LIFE: Final = timedelta(hours=24)
LONGEST_WITHOUT_ZONE: Final = timedelta(minutes=60)
"""The longest life that a time without a zone is believed to mean: it may be hours off."""
LAST_LOOK_AFTER: Final = timedelta(seconds=60)
"""How long after its end a number is looked at for the last time."""
LAST_LOOK_WITHIN: Final = timedelta(seconds=40)
"""How long that last look may fail before the money goes back without it."""
LATE_FOR: Final = timedelta(minutes=10)
"""How long after the money went back a late code is still looked for."""


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What one look at a number saw; `expires_at` None when not said or unreadable.

    `has_zone` is False where that time was said without one, and read as UTC.
    """

    word: RentalWord
    codes: tuple[Code, ...] = ()
    expires_at: datetime | None = None
    has_zone: bool = True


@dataclass(frozen=True, slots=True)
class Rental:
    """What the verdict depends on. `told` once the supplier's own end has been read.

    `ended_at` is when the money went back, None before.
    """

    state: RentalState
    rented_at: datetime
    expires_at: datetime
    told: bool = False
    codes: tuple[Code, ...] = ()
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RentalVerdict:
    """What to do now: deliver `fresh`, then perhaps move; `expires_at` is the end from now on."""

    expires_at: datetime
    to: RentalState | None = None
    fresh: tuple[Code, ...] = ()

    @property
    def captures(self) -> bool:
        """The first code in time: the money has been earned."""
        return self.to is RentalState.RECEIVED

    @property
    def releases(self) -> bool:
        """No code: the money goes back."""
        return self.to in {RentalState.EXPIRED, RentalState.CANCELED}


def believed_end(rented_at: datetime, said: datetime | None, *, has_zone: bool = True) -> datetime:
    """When a number ends: as said, unless that is missing or no number lives so short or long.

    Source: suppliers' readings 16.
    """
    longest = LONGEST_LIFE if has_zone else LONGEST_WITHOUT_ZONE
    if said is None or not rented_at + SHORTEST_LIFE <= said <= rented_at + longest:
        return rented_at + USUAL_LIFE
    return said


def judge_reading(rental: Rental, seen: NumberReading | None, now: datetime) -> RentalVerdict:
    """The verdict on one look, or on the clock alone when `seen` is None. Pure.

    Source: suppliers' readings 8 (a code counts also in the look that finds the number ended).
    """
    end, fresh = _end(rental, seen, now), _fresh(rental, seen)
    return RentalVerdict(end, _next(rental, seen, now, end) if not fresh else _with(rental), fresh)


def _with(rental: Rental) -> RentalState | None:
    """Where a fresh code takes a number: the first one in time has been earned."""
    return RentalState.RECEIVED if rental.state is RentalState.WAITING else None


def _end(rental: Rental, seen: NumberReading | None, now: datetime) -> datetime:
    """The end that the first answer fixes; a later one can only say that the number ran out."""
    if seen is None:
        return rental.expires_at
    end = rental.expires_at
    if not rental.told:
        end = believed_end(rental.rented_at, seen.expires_at, has_zone=seen.has_zone)
    return min(end, now) if seen.word is RentalWord.RUN_OUT else end


def _fresh(rental: Rental, seen: NumberReading | None) -> tuple[Code, ...]:
    """The codes that are new; a known one counts again only with another text."""
    known = set(rental.codes)
    names = {code.code for code in rental.codes}
    listed = dict.fromkeys(() if seen is None else seen.codes)
    return tuple(
        one
        for one in listed
        if (one.code or one.text) and one not in known and (one.text or one.code not in names)
    )


def _next(
    rental: Rental, seen: NumberReading | None, now: datetime, end: datetime
) -> RentalState | None:
    """The move that a look without a fresh code makes."""
    if rental.state is RentalState.CLOSED:
        return None
    if rental.state in {RentalState.EXPIRED, RentalState.CANCELED}:
        over = rental.ended_at is None or now >= rental.ended_at + LATE_FOR
        return RentalState.CLOSED if over else None
    called_off = seen is not None and seen.word is RentalWord.CANCELED
    waits = rental.state is RentalState.WAITING
    if called_off:
        return RentalState.CANCELED if waits else RentalState.CLOSED
    bound = LAST_LOOK_AFTER if seen is not None else LAST_LOOK_AFTER + LAST_LOOK_WITHIN
    if now < end + bound:
        return None
    return RentalState.EXPIRED if waits else RentalState.CLOSED


_OFTEN: Final = timedelta(seconds=4)
_LATER: Final = timedelta(seconds=7)
_SELDOM: Final = timedelta(seconds=15)
_FIRST_MINUTES: Final = timedelta(minutes=2)


def next_look(rental: Rental, now: datetime) -> datetime:
    """When to look again: often at first, seldom for late codes, exactly at the last look."""
    if rental.state not in {RentalState.WAITING, RentalState.RECEIVED}:
        return now + _SELDOM
    every = _OFTEN if now - rental.rented_at < _FIRST_MINUTES else _LATER
    last = rental.expires_at + LAST_LOOK_AFTER
    return min(now + every, last) if now < last else now + _OFTEN
