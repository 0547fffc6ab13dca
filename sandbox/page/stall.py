"""A supplier with its door: what the page may do to both, and how they look from outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sandbox.page.asked import missing, unfit
from sandbox.serving import Served
from sandbox.suppliers import HstockPlusWorld, SupplierWorld
from sandbox.suppliers.answers import Received
from sandbox.suppliers.faults import ANY, Fault
from sandbox.suppliers.numbers import SandboxNumber, code_after, no_code
from sandbox.suppliers.timelines import completes, grows, never
from sandbox.suppliers.wire_faults import (
    dropped_before,
    hang,
    html_page,
    lost_reply,
    server_error,
    throttle,
)

TITLES: Final = {"accplanet": "AccPlanet", "hstockplus": "HstockPlus"}
LOST: Final = lost_reply().name
"""The fault after which the shop does not know whether its order was taken."""
_QUICK_S: Final = 2
_CODE_S: Final = 8


@dataclass(frozen=True)
class Breakage:
    """One way to go wrong once: its words on the button, the action it hangs on, the fault."""

    label: str
    hint: str
    action: str
    fault: Callable[[], Fault]


BREAKAGES: Final[Mapping[str, Breakage]] = {
    "lose": Breakage("Lose the next answer", "Takes the order, says nothing", "add", lost_reply),
    "drop": Breakage("Drop the next order", "Breaks before it acts", "add", dropped_before),
    "500": Breakage("Answer 500 once", "A server error to the next order", "add", server_error),
    "html": Breakage("Answer HTML once", "A page for people, to the next order", "add", html_page),
    "hang": Breakage("Hang on the next order", "30 s of silence after it acts", "add", hang),
    "429": Breakage("Throttle once", "Too many requests, come back in 3 s", ANY, throttle),
}  # fmt: skip
NUMBER_BREAKAGES: Final[Mapping[str, Breakage]] = {
    "lose-sms": Breakage(
        "Lose the next number", "It rents it out, then says nothing", "add_sms", lost_reply
    ),
}

PACES: Final = {
    "auto": (completes(_QUICK_S), code_after(_CODE_S, "48213")),
    "steps": (grows(_QUICK_S), code_after(_CODE_S, "48213")),
    "hand": (never(), no_code()),
}
"""What becomes of new orders and of new numbers, by the name the page gives the pace."""


@dataclass
class Stall:
    """One supplier as the page steers it."""

    world: SupplierWorld
    site: Served
    pace: str = "auto"
    armed: list[str] = field(default_factory=list)
    """The breakages that wait for a request, by their ids, oldest first."""
    lost: int = 0
    """How many answers were lost."""
    _right_key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        self._right_key = self.world.key
        self.keep_pace(self.pace)

    @property
    def name(self) -> str:
        """The supplier's name in addresses."""
        return self.world.name.lower()

    @property
    def knows_the_key(self) -> bool:
        """Whether the bot's key opens."""
        return self.world.key == self._right_key

    @property
    def numbers(self) -> Mapping[str, SandboxNumber]:
        """The rented SMS numbers; none at a supplier that has no such trade."""
        return self.world.numbers if isinstance(self.world, HstockPlusWorld) else {}

    def breakages(self) -> Mapping[str, Breakage]:
        """What can be broken here."""
        has_numbers = isinstance(self.world, HstockPlusWorld)
        return {**BREAKAGES, **(NUMBER_BREAKAGES if has_numbers else {})}

    def break_once(self, breakage_id: str) -> None:
        """Let the next request of its kind go wrong."""
        breakage = self.breakages().get(breakage_id)
        if breakage is None:
            raise missing("there is no such breakage")
        self.world.faults.next(breakage.action, breakage.fault())
        self.armed.append(breakage_id)

    def mend(self) -> None:
        """Forget what was to go wrong, and let go whoever hangs."""
        self.world.faults.clear()
        self.armed.clear()

    def disarm(self, fault: str) -> None:
        """Forget the faults of this name that wait."""
        self.world.faults.forget(fault)
        self.armed = [one for one in self.armed if self._fault_of(one) != fault]

    def saw(self, received: Received) -> None:
        """A fault that has struck waits no longer."""
        self.lost += received.fault == LOST
        struck = next((one for one in self.armed if self._strikes(one, received)), None)
        if struck is not None:
            self.armed.remove(struck)

    def _strikes(self, breakage_id: str, received: Received) -> bool:
        is_its = self.breakages()[breakage_id].action in (received.action, ANY)
        return is_its and self._fault_of(breakage_id) == received.fault

    def _fault_of(self, breakage_id: str) -> str:
        return self.breakages()[breakage_id].fault().name

    def keep_pace(self, pace: str) -> None:
        """Decide what becomes of orders and numbers from now on."""
        if pace not in PACES:
            raise unfit(f"pace must be one of {', '.join(PACES)}")
        self.pace = pace
        orders, numbers = PACES[pace]
        self.world.default_timeline = self.world.by_hand_timeline = orders
        if isinstance(self.world, HstockPlusWorld):
            self.world.default_sms_plan = numbers

    def take_key(self, *, is_right: bool) -> None:
        """Accept the bot's key, or turn it away as revoked."""
        self.world.key = self._right_key if is_right else f"{self._right_key}-revoked"

    async def open_door(self, *, is_up: bool) -> None:
        """Listen again, or refuse all connections."""
        await (self.site.come_back() if is_up else self.site.go_down())

    def find_number(self, number_id: str) -> SandboxNumber | None:
        """A rented number by its id."""
        return self.numbers.get(number_id)
