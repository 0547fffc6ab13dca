"""What Olga decides about a parked order, each as one call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.base.ids import OrderId, RemoteId
from bot.orders import decide
from bot.orders.rules.moves import Reason
from bot.orders.views import OrderView
from tests.stored_shop import BY, Books

FOUND = RemoteId("found")
Decide = Callable[[Books, OrderId], Awaitable[OrderView]]


def attach(books: Books, order: OrderId) -> Awaitable[OrderView]:
    return books.db.write(decide.attach, BY, order, FOUND)


def not_placed(books: Books, order: OrderId) -> Awaitable[OrderView]:
    return books.db.write(decide.fail_order, BY, order, Reason.NOT_PLACED)


def write_off(books: Books, order: OrderId) -> Awaitable[OrderView]:
    return books.db.write(decide.fail_order, BY, order, Reason.WRITTEN_OFF)


def send_again(books: Books, order: OrderId) -> Awaitable[OrderView]:
    return books.db.write(decide.send_again, BY, order)


def keep_polling(books: Books, order: OrderId) -> Awaitable[OrderView]:
    return books.db.write(decide.keep_polling, BY, order)


def take_over(books: Books, order: OrderId) -> Awaitable[OrderView]:
    return books.db.write(decide.take_over, BY, order)


def end_with(delivered: int) -> Decide:
    return lambda books, order: books.db.write(decide.end, BY, order, delivered)
