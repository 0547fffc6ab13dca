"""Which points are tried: ways are recorded first, then kills are spread over them by a seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from tests.crash.behaviour.known import BEHAVIOURS
from tests.crash.scene import CROWD, Point
from tests.crash.steps import Kill, Victim

Ways = Mapping[str, Sequence[Kill]]
"""For each behaviour every step of its way, as the kill that happens there."""
_RECORDED: Final = 2
"""Steps that are not in every recording of a way belong to chance and are left out."""
_IN_CROWDS: Final = 0.2
_IN_LOOPS: Final = 0.1
_TWICE: Final = 0.15
"""The shares of all kills that end crowds, one start after the other, and recoveries."""
_AT_RANDOM: Final = 0.5
_LOOP: Final = 5
_SHORTEST_WAY: Final = 60
"""Every behaviour takes at least so many steps from Confirm to its end."""
_LONG_S: Final = (1_800, 90_000)
_ASLEEP: Final = 0.1
"""The share of marked kills after which nobody starts the bot again for half an hour or a day."""
_VICTIMS: Final = {Victim.BOT: 0.4, Victim.SERVER: 0.4, Victim.BOTH: 0.2}
"""Who is killed where there is a server, and in which share of all kills."""
_RECOVERY: Final = range(1, 100)
"""The steps of a start, from its first to those of the orders it goes on with."""
_CROWDED: Final = range(1, 500)
"""The steps of many orders side by side, whose writers share commits."""
_UPKEEP: Final = "catalog.store.store:"
"""A shelf that is read by the clock belongs to no order."""


def recordings(scenes: Iterable[str] = BEHAVIOURS) -> list[Point]:
    """Trials in which nobody is killed, and whose steps are written down."""
    return [Point(scene, ()) for scene in scenes for _ in range(_RECORDED)]


def is_crowd(point: Point) -> bool:
    """Whether many buy at once."""
    return point.scene.partition(":")[0] == CROWD


def read_ways(recorded: Iterable[tuple[Point, Sequence[str]]]) -> dict[str, list[Kill]]:
    """The steps of each behaviour that every recording of it has, in the order of the first."""
    ways: dict[str, list[str]] = {}
    common: dict[str, Counter[str]] = {}
    for point, steps in recorded:
        ways.setdefault(point.scene, list(steps))
        common[point.scene] = common.get(point.scene, Counter(steps)) & Counter(steps)
    return {scene: _numbered(steps, common[scene]) for scene, steps in ways.items()}


def _numbered(steps: Sequence[str], times: Counter[str]) -> list[Kill]:
    seen: Counter[str] = Counter()
    kills = []
    for step in steps:
        seen[step] += 1
        if seen[step] <= times[step] and not step.startswith(_UPKEEP):
            kills.append(Kill(step, seen[step]))
    return kills


def points_of(ways: Ways, kills: int, seed: int) -> list[Point]:
    """So many kills: most at a marked step, the others as the shares above say.

    Each choice hangs on the seed and on what is chosen, so that a step more or less in a recording
    changes little of the rest.
    """
    chance = random.Random(seed)  # noqa: S311 - a plan, no secret
    crowds = [_crowd(chance) for _ in range(round(kills * _IN_CROWDS / 2))]
    loops = [_loop(chance) for _ in range(round(kills * _IN_LOOPS / _LOOP))]
    twice = round(kills * _TWICE / 2)
    marked = spread(ways, kills - 2 * len(crowds) - _LOOP * len(loops) - twice, seed)
    marked.sort(key=lambda one: _lot(seed, one).random())
    again = [_twice(one, _lot(seed, one)) for one in marked[:twice]]
    once = [_perhaps_asleep(one, _lot(seed, one)) for one in marked[twice:]]
    return [*again, *once, *loops, *crowds]


def _lot(seed: int, point: Point) -> random.Random:
    return random.Random(f"{seed}/{point}")  # noqa: S311 - a plan, no secret


def with_falls(points: Iterable[Point], seed: int) -> list[Point]:
    """The same kills, by lot of the bot, of the server, or of both."""
    return [_with_falls(one, _lot(seed, one)) for one in points]


def _with_falls(point: Point, chance: random.Random) -> Point:
    victims, shares = zip(*_VICTIMS.items(), strict=True)
    drawn = chance.choices(victims, shares, k=len(point.kills))
    kills = tuple(replace(kill, whom=whom) for kill, whom in zip(point.kills, drawn, strict=True))
    return Point(point.scene, kills)


def brief(seed: int, crowds: int = 2, lonely: int = 6) -> list[Point]:
    """A few minutes' worth of trust in a few seconds: crowds, and alone who cannot be in one."""
    chance = random.Random(seed)  # noqa: S311 - a plan, no secret
    all_lonely = [behaviour.name for behaviour in BEHAVIOURS.values() if not behaviour.is_sociable]
    names = chance.sample(all_lonely, lonely)
    steps = chance.sample(range(1, _SHORTEST_WAY), lonely)
    singles = [Point(name, (Kill(nth=nth),)) for name, nth in zip(names, steps, strict=True)]
    return [*(_crowd(chance) for _ in range(crowds)), *singles]


def _twice(point: Point, chance: random.Random) -> Point:
    """Once more while it recovers: at some step of it, or at a random instant from outside."""
    again = Kill(nth=chance.choice(_RECOVERY))
    if chance.random() < _AT_RANDOM:
        again = Kill(after_ms=chance.randrange(50, 1_500))
    return Point(point.scene, (*point.kills, again))


def _perhaps_asleep(point: Point, chance: random.Random) -> Point:
    if chance.random() >= _ASLEEP:
        return point
    dead_s = chance.choice(_LONG_S)
    return Point(point.scene, tuple(replace(kill, dead_s=dead_s) for kill in point.kills))


def _loop(chance: random.Random) -> Point:
    """One start after the other dies, and nothing happens when the last one is repeated."""
    kills = [Kill(nth=chance.choice(_RECOVERY)) for _ in range(_LOOP)]
    return Point(chance.choice(list(BEHAVIOURS)), (*kills, Kill()))


def every_step(ways: Ways, scene: str) -> list[Point]:
    """One trial for each step of one behaviour."""
    return [Point(scene, (kill,)) for kill in ways[scene]]


def spread(ways: Ways, count: int, seed: int) -> list[Point]:
    """Kills in turn over the behaviours; of each its steps that were chosen least so far."""
    left = {scene: _drawn(scene, kills, seed) for scene, kills in ways.items()}
    chosen: Counter[str] = Counter()
    points: list[Point] = []
    while len(points) < count and any(left.values()):
        for scene, kills in left.items():
            if kills and len(points) < count:
                kill = min(kills, key=lambda one: chosen[one.step])
                kills.remove(kill)
                chosen[kill.step] += 1
                points.append(Point(scene, (kill,)))
    return points


def _drawn(scene: str, kills: Iterable[Kill], seed: int) -> list[Kill]:
    return sorted(kills, key=lambda kill: _lot(seed, Point(scene, (kill,))).random())


def _crowd(chance: random.Random) -> Point:
    """Many purchases at once, killed at random, soon after the restart again, and at rest."""
    first = Kill(after_ms=chance.randrange(1_800))
    if chance.random() < _AT_RANDOM:
        first = Kill(nth=chance.choice(_CROWDED))
    kills = (first, Kill(after_ms=chance.randrange(50, 1_500)), Kill())
    return Point(f"{CROWD}:{chance.randrange(10**6)}", kills)
