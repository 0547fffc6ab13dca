"""Who buys what in a trial, and how the suppliers will behave towards each purchase."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from bot.chat.desk.taps import Decision
from bot.orders.rules.moves import State
from sandbox.telegram import BotMessage
from tests.crash.behaviour.behaviour import Behaviour
from tests.crash.behaviour.known import BEHAVIOURS
from tests.crash.evidence import BookedOrder
from tests.crash.ground import Card, Ground
from tests.crash.steps import Kill
from tests.crash.surroundings import Surroundings
from tests.crash.wares import GUESTS, WARES, Ware

CROWD: Final = "crowd"


@dataclass(frozen=True, slots=True)
class Wish:
    """One purchase: what is tapped, and what is to become of it.

    `looked_at` is a message in the chat of somebody who only looks.
    """

    ware: Ware
    behaviour: Behaviour
    card: Card
    looked_at: BotMessage

    def is_to_be_decided(self, order: BookedOrder) -> bool:
        """Whether the order waits for the operator's decision that its behaviour knows."""
        act = self.behaviour.decision
        meant_for = State.ATTENTION if act is Decision.CANCEL else State.IN_DOUBT
        return act is not None and order.state == meant_for and order.attempt == 1


@dataclass(frozen=True, slots=True)
class Point:
    """One trial: a scene, and how each of its lives but the last is ended.

    A scene is the name of a behaviour (Alice buys alone), or `crowd:<seed>`.
    """

    scene: str
    kills: tuple[Kill, ...]

    def __str__(self) -> str:
        return f"{self.scene}/{','.join(map(str, self.kills))}"

    @classmethod
    def read(cls, text: str) -> Self:
        """What `str` wrote. Raises ValueError."""
        scene, slash, kills = text.partition("/")
        is_crowd = scene.partition(":")[0] == CROWD and scene.partition(":")[2].isdigit()
        if not is_crowd and scene not in BEHAVIOURS:
            message = f"no such behaviour: {scene!r}"
            raise ValueError(message)
        return cls(scene, tuple(map(Kill.read, kills.split(","))) if slash and kills else ())


def wishes_of(scene: str, ground: Ground) -> tuple[Wish, ...]:
    """The purchases of a scene."""
    name, _, seed = scene.partition(":")
    if name == CROWD and seed:
        return tuple(_crowd(random.Random(int(seed)), ground))  # noqa: S311 - a plan, no secret
    behaviour = BEHAVIOURS[scene]
    ware = WARES[GUESTS[0], behaviour.kind]
    return (Wish(ware, behaviour, ground.cards[ware], ground.looked_at),)


def _crowd(chance: random.Random, ground: Ground) -> list[Wish]:
    """Every guest buys two or three things of different kinds."""
    sociable = [behaviour for behaviour in BEHAVIOURS.values() if behaviour.is_sociable]
    wishes = []
    for guest in GUESTS:
        chosen = {one.kind: one for one in chance.sample(sociable, 3)}
        wares = [WARES[guest, kind] for kind in chosen]
        wishes += [
            Wish(ware, chosen[ware.kind], ground.cards[ware], ground.looked_at) for ware in wares
        ]
    return wishes


@dataclass(frozen=True, slots=True)
class Case:
    """What the judge looks at.

    `kills` is how many of the bot there really were, `falls` how often the server fell, `slept`
    whether nobody was there for a long time. `taps` are those of the last life.
    """

    wishes: tuple[Wish, ...]
    around: Surroundings
    log: Path
    kills: int = 0
    falls: int = 0
    slept: bool = False
    taps: tuple[str, ...] = ()
