"""What any history does about claims: made, refunded in any share, replaced, taken back."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import multiple, rule

from bot.base.errors import TooLate
from bot.base.ids import CustomerId, OrderId
from bot.base.money import CENT, ZERO, Money
from bot.catalog.errors import NotForSale
from bot.orders.claims import report
from bot.orders.claims.remedy import refund_claimed, refund_order, resend
from bot.orders.claims.replace import replace_claimed
from bot.orders.claims.report import ClaimDraft
from bot.orders.claims.rows import find_open, list_remedies
from bot.orders.rows import OrderRow, lock
from bot.orders.rules.claims import ClaimReason, Units
from bot.orders.rules.moves import FINISHED, State
from tests.safety.history_ground import PEOPLE, Known, orders
from tests.safety.history_orders import Orders
from tests.stored_shop import BY

PAID = {State.COMPLETED, State.PARTIAL}
MEANT = st.lists(st.integers(1, 5), max_size=3).map(
    lambda numbers: Units.read(",".join(map(str, numbers)))
)


class Claims(Orders):
    """Whatever was paid may go back once, and what replaces it costs nothing."""

    @rule(target=orders, customer=PEOPLE, quantity=st.integers(1, 4), units=MEANT)
    def gets_and_claims(self, customer: CustomerId, quantity: int, units: Units) -> Any:
        """What so few histories come to by themselves: an order that came and was claimed."""
        order = self.buys_and_sends(customer, quantity, "accepted")
        for one, known in self.known.items():
            if known.state is State.ACTIVE:
                self.hears_a_status(one, "Completed", tuple("abcde"[: known.quantity]), None, 5)
        if order in self.known:
            self.claims(order, units)
        return order

    @rule(order=orders, units=MEANT)
    def claims(self, order: OrderId, units: Units) -> None:
        order = self.rather(PAID, order)
        draft = ClaimDraft(order, ClaimReason.OTHER, units)
        customer = self.known[order].customer
        claim, _ = self.does(report.make_claim, customer, draft)
        assert self.does(report.make_claim, customer, draft) == (claim, False)

    @rule(order=orders, units=st.none() | st.integers(1, 3), all_left=st.booleans())
    def refunds(self, order: OrderId, units: int | None, all_left: bool) -> None:
        row, claim = self._claimed(order)
        if claim is None:
            return
        seen = len(self.does(list_remedies, row.id))
        try:
            amount = self.does(refund_claimed, BY, claim, seen, units, all_left=all_left)
        except TooLate:
            assert self.does(lock, row.id) == row
            return
        self._went_back(row, amount)

    @rule(order=orders, cents=st.integers(1, 150))
    def gives_goodwill(self, order: OrderId, cents: int) -> None:
        row = self.does(lock, self.rather(PAID, order))
        amount = Money(cents * CENT.micros)
        seen = len(self.does(list_remedies, row.id))
        try:
            self.does(refund_order, BY, row.id, seen, amount, "sorry")
        except TooLate:
            assert amount > row.captured - row.refunded
            return
        self._went_back(row, amount)

    @rule(target=orders, order=orders)
    def replaces(self, order: OrderId) -> Any:
        row, claim = self._claimed(order)
        if claim is None:
            return multiple()
        seen = len(self.does(list_remedies, row.id))
        try:
            new = self.does(replace_claimed, BY, claim, seen, CENT)
        except (TooLate, NotForSale):
            return multiple()
        made = self.does(lock, new)
        assert (made.total, made.replaces) == (ZERO, row.id)
        self.known[new] = Known(row.customer, 0, made.quantity)
        return new

    @rule(order=orders)
    def takes_back(self, order: OrderId) -> None:
        row, claim = self._claimed(order)
        if claim is not None:
            self.does(report.withdraw_claim, row.customer, claim)

    @rule(order=orders)
    def sends_goods_again(self, order: OrderId) -> None:
        order = self.rather(PAID, order)
        seen = len(self.does(list_remedies, order))
        try:
            self.does(resend, BY, order, seen)
        except TooLate:
            assert not self.known[order].goods

    def _claimed(self, order: OrderId) -> tuple[OrderRow, int | None]:
        """An order and the claim that is open about it, as long as there is one about any."""
        open_claims = [claim for one in self.known if (claim := self.does(find_open, one))]
        if not open_claims:
            return self.does(lock, order), None
        claim = open_claims[order % len(open_claims)]
        return self.does(lock, claim.order_id), claim.id

    def _went_back(self, row: OrderRow, amount: Money) -> None:
        after = self.does(lock, row.id)
        assert row.state in FINISHED
        assert after.refunded == row.refunded + amount
        assert ZERO < after.refunded <= after.captured
        self.free[row.customer] += amount.micros
