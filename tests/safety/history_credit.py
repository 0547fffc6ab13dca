"""What any history does with credit: it is granted, taken back, and each of both undone."""

from typing import Any

import pytest
from hypothesis.stateful import (
    multiple,
    rule,
)

from bot.base.ids import CustomerId, TransferId
from bot.base.money import Money
from bot.money import topup
from bot.money.errors import AlreadyReversed, NotEnoughCredit
from tests.safety.history_ground import AMOUNTS, PEOPLE, Ground, transfers
from tests.stored_shop import BY


class Credit(Ground):
    """An operator moves credit, each time with a key of its own."""

    @rule(target=transfers, customer=PEOPLE, amount=AMOUNTS)
    def tops_up(self, customer: CustomerId, amount: Money) -> tuple[TransferId, CustomerId, int]:
        act = self.act()
        change = self.does(topup.top_up, act, customer, amount)
        again = self.does(topup.top_up, act, customer, amount)
        assert (change.fresh, again.fresh) == (True, False)
        self.free[customer] += amount.micros
        return change.transfer, customer, amount.micros

    @rule(target=transfers, customer=PEOPLE, amount=AMOUNTS)
    def debits(self, customer: CustomerId, amount: Money) -> Any:
        act = self.act()
        if amount.micros > self.free[customer]:
            with pytest.raises(NotEnoughCredit) as refusal:
                self.does(topup.debit, act, customer, amount)
            assert refusal.value.short_by.micros == amount.micros - self.free[customer]
            return multiple()
        change = self.does(topup.debit, act, customer, amount)
        self.free[customer] -= amount.micros
        return change.transfer, customer, -amount.micros

    @rule(moved=transfers)
    def undoes(self, moved: tuple[TransferId, CustomerId, int]) -> None:
        transfer, customer, amount = moved
        if transfer in self.undone:
            expected: type[Exception] | None = AlreadyReversed
        else:
            expected = NotEnoughCredit if amount > self.free[customer] else None
        if expected is not None:
            with pytest.raises(expected):
                self.does(topup.undo, BY, transfer)
            return
        self.does(topup.undo, BY, transfer)
        self.undone.add(transfer)
        self.free[customer] -= amount
