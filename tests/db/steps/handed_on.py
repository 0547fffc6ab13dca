"""The part of a filled shop that is about stand-ins."""

from bot.catalog import standing
from bot.catalog.standins.decide import tie_services
from bot.orders import attempts
from bot.orders.rules.moves import Reason
from bot.outbox.notices import SupplierCause
from tests.stored_shop import ACC, BY, HSTOCK, Books, listed


async def is_handed_on(books: Books) -> None:
    """An order that was refused and waits elsewhere now, and the tie that it was handed on by."""
    await books.db.write(standing.resume, ACC, SupplierCause.WALLET)
    first = await books.stocks(listed("s1"), HSTOCK)
    other = await books.stocks(listed("s1"))
    await books.db.write(tie_services, BY, (first.id, other.id))
    await books.buys(service=first)
    sent = await books.sends(HSTOCK)
    await books.db.write(attempts.refused, sent, Reason.OUT_OF_STOCK, "none")
    await books.db.write(standing.pause, ACC, SupplierCause.WALLET)
