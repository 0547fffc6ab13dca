"""The part of a filled shop that is about stand-ins."""

from bot.catalog.standins.decide import tie_services
from bot.orders import attempts
from bot.orders.rules.moves import Reason
from tests.stored_shop import ACC, BY, HSTOCK, Books, listed


async def is_handed_on(books: Books) -> None:
    """An order that was handed on and refused there too, and the tie that it was handed on by."""
    first = await books.stocks(listed("s1"))
    other = await books.stocks(listed("s1"), HSTOCK)
    await books.db.write(tie_services, BY, (first.id, other.id))
    await books.buys(service=first)
    for name in (ACC, HSTOCK):
        sent = await books.sends(name)
        await books.db.write(attempts.refused, sent, Reason.OUT_OF_STOCK, "none")
