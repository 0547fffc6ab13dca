"""An order that came and what is claimed about it, in a test's words."""

from __future__ import annotations

from bot.base.acts import Act, Role
from bot.base.ids import CustomerId, OrderId
from bot.base.money import Money
from bot.orders.claims import remedy, replace, report
from bot.orders.claims.report import ClaimDraft
from bot.orders.claims.rows import ClaimRow, RemedyRow, list_remedies, load_claim
from bot.orders.rules.claims import ClaimReason, Units
from tests.stored_shop import ALICE, OLGA, Books, says, usd

SUSI = CustomerId(905)
"""She is in support."""


async def came(books: Books, quantity: int = 3, total: str = "3") -> OrderId:
    """Alice's order, all of which the supplier brought."""
    due = await books.has_active(quantity=quantity, total=total)
    await books.hears(due, says("Completed", *(f"acc:{n}" for n in range(quantity))))
    return due.order


async def claims(
    books: Books, order: OrderId, pieces: str = "", customer: CustomerId = ALICE
) -> int:
    draft = ClaimDraft(order, ClaimReason.DOES_NOT_WORK, Units.read(pieces), "no login")
    claim, _ = await books.db.write(report.make_claim, customer, draft)
    return claim


async def refunds(
    books: Books,
    claim: int,
    seen: int = 0,
    units: int | None = None,
    *,
    all_left: bool = False,
    act: Act | None = None,
) -> Money:
    by = act or books.act()
    return await books.db.write(remedy.refund_claimed, by, claim, seen, units, all_left=all_left)


async def replaces(books: Books, claim: int, seen: int = 0, cost: str = "1.8") -> OrderId:
    return await books.db.write(replace.replace_claimed, books.act(), claim, seen, usd(cost))


async def claim_of(books: Books, claim: int) -> ClaimRow:
    return await books.db.read(load_claim, claim)


async def remedies_of(books: Books, order: OrderId) -> tuple[RemedyRow, ...]:
    return await books.db.read(list_remedies, order)


async def supports(books: Books) -> Act:
    """Susi comes, who is in support."""
    await books.meets(SUSI)
    await books.sql(f"INSERT INTO operators VALUES ({SUSI}, 'support', '{OLGA}', 1)")  # noqa: S608 - our own words
    return Act(SUSI, Role.SUPPORT, "susi")
