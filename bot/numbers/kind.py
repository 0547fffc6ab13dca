"""Numbers for codes as a kind of order: one order a number, rented and then looked at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from bot.base.basis import Basis
from bot.base.errors import NotYours
from bot.base.ids import CustomerId, OrderId, RemoteId, ServiceId
from bot.base.money import Money
from bot.base.quantity import Span, checked
from bot.base.topics import numbers_topic
from bot.catalog.pricing import Pricing, expected_cost
from bot.catalog.rules import Offer, Service
from bot.catalog.tables import services
from bot.db.tx import Tx
from bot.numbers.rows import find_rental
from bot.numbers.rules import USUAL_LIFE
from bot.numbers.tables import rentals
from bot.orders.goods.fingerprints import note_phone
from bot.orders.kinds import OrderKind, Submission
from bot.orders.rows import OrderRow
from bot.orders.tables import orders
from bot.orders.views import RentalState, RentalView
from bot.suppliers.port import Accepted, MayLeave, Rented, Supplier
from bot.suppliers.words import Kind, NumberId


class NumberKind(OrderKind):
    """Each number is an order of its own, because each is paid for or given back alone."""

    kind = Kind.NUMBER
    delivery_mark = "code"

    def parts(self, quantity: int) -> int:
        """One order a number."""
        return quantity

    def total(self, pricing: Pricing, service: Service, quantity: int) -> Money:
        """So many times the price of one, each rounded alone."""
        one = pricing.total(service.listed.rate, service.basis or 1, 1)
        return Money(one.micros * quantity)

    def cost(self, service: Service, basis: Basis, quantity: int) -> Money:
        """So many times the cost of one."""
        return Money(expected_cost(service.listed.rate, basis, 1).micros * quantity)

    def affordable(self, pricing: Pricing, offer: Offer, credit: Money) -> int:
        """As many as their price of one goes into the credit."""
        return min(offer.service.span.most, credit.micros // offer.price.micros)

    def reuse(self, quantity: int, earlier: OrderId | None) -> OrderId | None:
        """One phone is one number. Raises BadQuantity."""
        if earlier is not None:
            checked(quantity, Span(1, 1))
        return earlier

    def check_reuse(
        self, tx: Tx, customer: CustomerId, earlier: OrderId, service: ServiceId
    ) -> None:
        """Only the customer's own number, at its own supplier and country. Raises NotYours."""
        query = (
            select(rentals.c.supplier, rentals.c.country)
            .join(orders, orders.c.id == rentals.c.order_id)
            .where(rentals.c.order_id == earlier, orders.c.customer == customer)
            .where(rentals.c.phone != "")
        )
        had = tx.execute(query).one_or_none()
        known = select(services.c.supplier, services.c.remote_id).where(services.c.id == service)
        wanted = tx.execute(known).one()
        number = NumberId.find(wanted.remote_id)
        if had is None or number is None:
            raise NotYours
        if (had.supplier, had.country) != (wanted.supplier, number.country):
            raise NotYours

    def phone(self, tx: Tx, earlier: OrderId | None) -> str:
        """The phone of the earlier order."""
        if earlier is None:
            return ""
        query = select(rentals.c.phone).where(rentals.c.order_id == earlier)
        return tx.settings.unseal(tx.execute(query).scalar_one_or_none() or "")

    async def submit(self, supplier: Supplier, sent: Submission, may_leave: MayLeave) -> Accepted:
        """Rent it, or the phone that was asked for again."""
        wanted = NumberId.find(sent.service) or NumberId("", "")
        return await supplier.rent(wanted, sent.phone, may_leave)

    async def ask(self, supplier: Supplier, remote: RemoteId) -> None:
        """Ask for the number of this id."""
        await supplier.number_status(remote)

    def start_polling(self, tx: Tx, order: OrderRow, answer: Accepted | None) -> datetime | None:
        """Write the number down, which lives from when its `add` left.

        Where an operator named the id, its phone comes with a look.
        """
        number = NumberId.find(order.remote_service) or NumberId("", "")
        title = select(services.c.subcategory_name).where(services.c.id == order.service)
        rented_at = order.submitting_at or tx.now
        phone = answer.phone if isinstance(answer, Rented) else ""
        row = insert(rentals).values(
            order_id=order.id,
            supplier=order.supplier,
            phone=tx.settings.seal(phone),
            marked=note_phone(tx, order.id, phone),
            project=number.project,
            country=number.country,
            country_title=tx.execute(title).scalar_one(),
            state=RentalState.WAITING,
            rented_at=rented_at,
            expires_at=rented_at + USUAL_LIFE,
            due_at=tx.now,
        )
        tx.execute(row)
        tx.wake(numbers_topic(order.supplier))
        return None

    def number(self, tx: Tx, order: OrderRow) -> RentalView | None:
        """The number, None while none has come."""
        return find_rental(tx, order)
