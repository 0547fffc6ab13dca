"""Customers on their way to Confirm, in a shop that has one account on its shelf."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from bench.crowd import Guest, taps_on
from sandbox.telegram import BotMessage, Person
from sandbox.world import OLGA, ServedWorld, World, demo_world

_WAY: Final = ("y:", "t:", "q:", "s:", "k:")
"""The taps that lead to Confirm, the last step first."""


def one_service() -> World:
    """The demo's world, with one account on AccPlanet's shelf: the way to it is plain."""
    world = demo_world()
    accplanet, *others = world.suppliers
    for other in others:
        other.services = {}
    accplanet.services = {"10043": accplanet.services["10043"]}
    return world


async def welcome(served: ServedWorld, guests: Iterable[Guest]) -> None:
    """Everybody comes, the shelf gets filled, and Olga gives credit for nothing."""
    olga = Guest(served.world.telegram.person(OLGA, "Olga"))
    served.world.telegram.subscribe(olga.hears)
    await olga.says("/start")
    for guest in guests:
        await guest.says("/start")
        await olga.says(f"/topup {guest.person.user_id} 100")


async def confirm(person: Person) -> None:
    """From the catalog to Confirm, by the first button that leads on."""
    known = person.last_message.message_id
    person.sends("/catalog")
    card = await person.waits_for(lambda said: said.message_id > known and bool(_way_on(said)))
    while not (tap := _way_on(card)).startswith(_WAY[0]):
        before = card.keyboard
        person.taps_raw(tap, card.message_id)
        card = await person.waits_for(partial(_is_changed, card.message_id, before))
    person.taps_raw(tap, card.message_id)


def _way_on(card: BotMessage) -> str:
    """The tap that leads furthest towards Confirm, if any does."""
    ways = (tap for kind in _WAY for tap in taps_on(card) if tap.startswith(kind))
    return next(ways, "")


def _is_changed(message_id: int, before: object, said: BotMessage) -> bool:
    return said.message_id == message_id and said.keyboard is not before and bool(_way_on(said))
