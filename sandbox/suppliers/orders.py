"""An order as the pretend supplier keeps it: it follows its timeline until a person takes over."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from sandbox.clock import Now
from sandbox.suppliers.services import SandboxService
from sandbox.suppliers.timelines import Stage, Step, partial_stage


@dataclass(kw_only=True)
class SandboxOrder:
    """One order. `steered` is the stage a person has set; it wins over the timeline."""

    id: int | str
    service: SandboxService
    quantity: int
    link: str
    placed_at: datetime
    cost: Decimal
    timeline: tuple[Step, ...]
    now: Now = field(repr=False)
    accounts: Sequence[str] = ()
    steered: Stage | None = None
    _may_give_back: bool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._may_give_back = any(step.stage.paid_units is not None for step in self.timeline)

    @property
    def stage(self) -> Stage:
        """How the order stands now."""
        if self.steered is not None:
            return self.steered
        elapsed_s = (self.now() - self.placed_at).total_seconds()
        reached = [step.stage for step in self.timeline if step.after_s <= elapsed_s]
        return reached[-1] if reached else self.timeline[0].stage

    @property
    def charge(self) -> Decimal:
        """What the supplier keeps of the operator's money as things stand."""
        if self.steered is None and not self._may_give_back:
            return self.cost  # The wallet sums up thousands of orders: most need no clock.
        paid_units = self.stage.paid_units
        if paid_units is None or paid_units >= self.quantity:
            return self.cost
        return self.service.cost(paid_units)

    @property
    def remains(self) -> int:
        """What is still to come, never below zero."""
        return max(self.quantity - self.stage.delivered, 0)

    @property
    def shown_accounts(self) -> list[str]:
        """The accounts that a status shows now, as it spells them."""
        stage = self.stage
        return list(stage.spelled([self.account(n) for n in range(1, stage.shown + 1)]))

    def account(self, n: int) -> str:
        """The n-th account, from 1: as given beforehand, else made up and unique."""
        if n <= len(self.accounts):
            return self.accounts[n - 1]
        made_up = self.service.goods
        return made_up(f"{self.id}_{n}") if made_up else f"user_{self.id}_{n}:pass"

    def deliver_one(self) -> None:
        """Hand one more account over; the last one completes the order."""
        delivered = min(self.stage.delivered + 1, self.quantity)
        if delivered == self.quantity:
            self.complete()
        else:
            self.steered = Stage(status="In progress", delivered=delivered, shown=delivered)

    def complete(self) -> None:
        """Deliver everything."""
        self.steered = Stage(status="Completed", delivered=self.quantity, shown=self.quantity)

    def partial(self, delivered: int) -> None:
        """Stop after so many and give the rest of the money back."""
        self.steered = partial_stage(delivered)

    def cancel(self) -> None:
        """Call it off and give all money back."""
        self.steered = Stage(status="Canceled", paid_units=0)

    def stall(self) -> None:
        """Leave the order as it stands now, whatever its timeline says."""
        self.steered = self.stage

    def fail(self) -> None:
        """Say that it failed and nothing about the money."""
        self.says("Failed")

    def says(self, status: str) -> None:
        """Keep everything and change the word."""
        self.steered = replace(self.stage, status=status)
