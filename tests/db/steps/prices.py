"""What operators decide about suppliers' rates, in a shop that steps are tried on."""

from dataclasses import replace

from bot.catalog.alerts.price_jumps import RateChange, Rates
from bot.catalog.basis.decide import set_basis
from bot.catalog.rises.rows import note_rates
from bot.db.tx import Tx
from bot.orders.calibration.place import CalibrationAsked, dearest_cost, place_calibration
from tests.stored_shop import HSTOCK, Books, listed


async def prices(books: Books) -> None:
    """A basis of the desk's own, a price that waits for a word, an order that finds a basis."""
    service = await books.stocks(listed("r90"), HSTOCK)
    await books.db.write(set_basis, books.act(), HSTOCK, "mail", 1000)
    rate = service.listed.rate
    await books.db.write(_rises, {service.id: RateChange(rate, rate * 2)})
    most = dearest_cost(rate, service.listed.least)
    asked = CalibrationAsked(service.id, service.kind, most, seen=0)
    await books.db.write(place_calibration, books.act(), asked)


def _rises(tx: Tx, rates: Rates) -> None:
    settings = replace(tx.settings, price_jump_percent=30)
    note_rates(replace(tx, settings=settings), HSTOCK, rates)
