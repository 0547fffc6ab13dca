"""How orders of the month went: sent, answered, and delivered, or not."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Final

from bot.base.ids import OrderId, SupplierName
from bot.numbers import poll as number_poll
from bot.numbers import settle as numbers
from bot.orders import attempts, decide, poll, settle
from bot.orders.kinds import Submission
from bot.orders.rules.moves import Reason
from bot.suppliers import DIALECTS
from bot.suppliers.port import Accepted, NumberAnswer, Rented, StatusAnswer
from bot.suppliers.progress import Progress
from bot.suppliers.words import Code, NumberId
from sandbox.month.plan import End, Sale
from sandbox.month.shop import MonthShop
from sandbox.suppliers.numbers import made_up_phone
from sandbox.suppliers.services import SandboxService

_CURRENCY: Final = "USD"
_NUMBER_LIVES: Final = timedelta(minutes=20)
_OVER: Final = timedelta(minutes=2)
"""How long after its end a number is closed."""
_LATE: Final = timedelta(minutes=11)
"""How long after that one without a code is closed."""
_NO_CODE: Final = 0.15


def sell(shop: MonthShop, sale: Sale, listed: SandboxService | None) -> None:
    """One purchase from the first tap to the last message."""
    for order in shop.buys(sale):
        sent = shop.sends(sale)
        if sale.is_number:
            _rents(shop, sale, order, sent)
        elif sale.end is End.REFUSED:
            tx = shop.at(sale.at + timedelta(seconds=18))
            attempts.refused(tx, sent, Reason.OUT_OF_STOCK, "Insufficient stock")
        elif sale.end is End.DOUBT:
            _is_lost(shop, sale, order, sent)
        else:
            _comes(shop, sale, sent, listed)


def _is_lost(shop: MonthShop, sale: Sale, order: OrderId, sent: Submission) -> None:
    tx = shop.at(sale.at + timedelta(seconds=50))
    attempts.in_doubt(tx, sent, Reason.ANSWER_LOST, "timeout")
    later = shop.at(sale.at + timedelta(minutes=25))
    decide.fail_order(later, shop.act(), order, Reason.NOT_PLACED)


def _comes(shop: MonthShop, sale: Sale, sent: Submission, listed: SandboxService | None) -> None:
    """The supplier takes it, works, and says how it ended."""
    remote, supplier = shop.next_remote(), SupplierName(sale.ware.supplier)
    taken = shop.at(sale.at + timedelta(seconds=17))
    attempts.accepted(taken, sent, Accepted(remote, f'{{"order": "{remote}"}}'))
    wait = timedelta(seconds=sale.ware.wait_s * sale.chance.uniform(0.6, 1.8))
    tx = shop.at(taken.now + wait)
    [due] = poll.claim(tx, supplier, 1)
    settle.settle(tx, due, _answer(shop, sale, remote, listed), tx.now + timedelta(seconds=5))


def _answer(
    shop: MonthShop, sale: Sale, remote: str, listed: SandboxService | None
) -> StatusAnswer:
    came = {End.COMPLETED: sale.quantity, End.CANCELED: 0}.get(sale.end, sale.quantity // 2)
    status = {End.COMPLETED: "Completed", End.CANCELED: "Canceled"}.get(sale.end, "Partial")
    service, made_up = shop.service_of(sale), None if listed is None else listed.goods
    units = [f"{remote}_{nth}" for nth in range(1, came + 1)]
    goods = tuple(made_up(one) if made_up else f"user_{one}:pass" for one in units)
    charge = (service.listed.rate * came / int(service.basis or 1)).quantize(Decimal("0.000001"))
    progress = Progress(
        status,
        DIALECTS[sale.ware.supplier].stage(status),
        charge=charge,
        currency=_CURRENCY,
        remains=sale.quantity - came,
        remains_said=True,
        accounts=None if sale.ware.link or not came else goods,
    )
    return StatusAnswer(progress, f'{{"status": "{status}", "charge": "{charge}"}}')


def _rents(shop: MonthShop, sale: Sale, order: OrderId, sent: Submission) -> None:
    """A number comes, with a code or without one, and its time runs out."""
    service, supplier = shop.service_of(sale), SupplierName(sale.ware.supplier)
    number = NumberId.find(service.listed.remote_id)
    country = "" if number is None else number.country
    phone, taken = made_up_phone(country, int(order)), shop.at(sale.at + timedelta(seconds=17))
    rented = Rented(shop.next_remote(), "taken", phone, country)
    attempts.accepted(taken, sent, rented)
    gets_code = sale.chance.random() > _NO_CODE
    seen = shop.at(taken.now + timedelta(seconds=sale.chance.randint(15, 70)))
    [due] = number_poll.claim(seen, supplier, 1)
    code = f"{sale.chance.randint(0, 999_999):06}"
    codes = (Code(code, f"Your verification code is {code}"),) if gets_code else ()
    status = "code_received" if gets_code else "active"
    answer = _number_answer(sale, status, service.listed.rate if gets_code else Decimal(0))
    numbers.settle(seen, due, answer, codes)
    for after in (_OVER, _OVER + _LATE):
        numbers.end_overdue(shop.at(taken.now + _NUMBER_LIVES + after))


def _number_answer(sale: Sale, status: str, charge: Decimal) -> NumberAnswer:
    dialect = DIALECTS[sale.ware.supplier]
    stage, word = dialect.stage(status), dialect.rental_word(status)
    said = f"status: {status}"
    return NumberAnswer(status, stage, word, said, charge=charge, currency=_CURRENCY)
