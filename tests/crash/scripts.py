"""Suppliers that keep to scripts: what becomes of an order, and what goes wrong with its calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from typing import Final

from bot.suppliers.words import NumberId
from sandbox.suppliers import HstockPlusWorld, SupplierWorld
from sandbox.suppliers.answers import Answer, Received
from sandbox.suppliers.faults import Fault, Faults
from sandbox.suppliers.services import SandboxService
from sandbox.suppliers.timelines import Timeline, completes
from tests.crash.behaviour.behaviour import Behaviour

ADDING: Final = frozenset({"add", "add_sms"})
_READING: Final = frozenset({"status", "sms_status"})


def remote_of(received: Received) -> str:
    """The service that an `add` or `add_sms` asks for, as the shop names it."""
    asked = received.params
    if received.action == "add":
        return asked.get("service", "")
    return str(NumberId(asked.get("project_id", ""), asked.get("country", "")).remote_id)


class ScriptedFaults(Faults):
    """Faults that belong to a service: with its next orders, and with readings of these."""

    def __init__(self, world: SupplierWorld) -> None:
        super().__init__()
        self._world = world
        self._adding: dict[str, Iterator[Fault]] = {}
        self._reading: dict[str, Iterator[Fault]] = {}

    def script(self, remote: str, behaviour: Behaviour) -> None:
        """These go wrong with the service, one each time; the last reading perhaps for ever."""
        self._adding[remote] = iter(behaviour.add)
        last = repeat(behaviour.readings[-1]) if behaviour.unreadable_for_good else ()
        self._reading[remote] = chain(behaviour.readings, last)

    def take(self, action: str) -> Fault | None:
        """The fault for the request that has just come in."""
        received, script = self._world.received[-1], None
        if action in ADDING:
            script = self._adding.get(remote_of(received))
        elif action in _READING:
            script = self._reading.get(self._remote_read(received))
        fault = None if script is None else next(script, None)
        return fault or super().take(action)

    def _remote_read(self, received: Received) -> str:
        """The service of the order that a reading is about."""
        asked, world = received.params.get("order", ""), self._world
        if received.action == "status":
            order = world.orders.get(asked)
            return "" if order is None else str(order.service.id)
        number = world.numbers.get(asked) if isinstance(world, HstockPlusWorld) else None
        if number is None:
            return ""
        return NumberId(number.project.project_id, number.project.country_id).remote_id


class Scripted(SupplierWorld):
    """What a supplier with scripts adds to a pretend one. `watch` is told of every act."""

    scripts: dict[str, Behaviour]
    watch: Callable[[str], None]

    def keeps_to_scripts(self) -> None:
        """Begin without any."""
        self.default_timeline = completes(0)
        self.faults = self._script_faults = ScriptedFaults(self)
        self.scripts, self.watch = {}, _unseen

    def script(self, remote: str, behaviour: Behaviour) -> None:
        """Orders of a service go as this says."""
        self.scripts[remote] = behaviour
        self._script_faults.script(remote, behaviour)

    def answer(self, received: Received) -> Answer:
        answer = super().answer(received)
        self.watch(f"supplier {received.action}")
        return answer

    def _plan_for(self, service: SandboxService) -> tuple[Timeline, Sequence[str]]:
        behaviour = self.scripts.get(str(service.id))
        return super()._plan_for(service) if behaviour is None else (behaviour.timeline, ())


def _unseen(_step: str) -> None:
    return None
