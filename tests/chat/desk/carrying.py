"""Notices as the sender hands them on, and orders that they tell of."""

from __future__ import annotations

from bot.base.ids import CustomerId, OrderId
from bot.outbox.notices import AnyNotice
from bot.outbox.sender import SendResult
from bot.outbox.store import Outgoing
from tests.small_shop import SmallShop
from tests.stored_shop import ALICE, says


async def carries(
    shop: SmallShop, notice: AnyNotice, chat: CustomerId = ALICE, tries: int = 0
) -> SendResult:
    """A row of the outbox is sent."""
    row = Outgoing(
        id=1, chat=chat, notice=notice, tries=tries, version=1, created_at=shop.books.now
    )
    return await shop.send_notice.send(row)


async def delivers(shop: SmallShop, *accounts: str) -> OrderId:
    """An order of Alice's that goes on, with everything there already as its first batch."""
    await shop.books.has(ALICE, "1")
    due = await shop.books.has_active(quantity=len(accounts))
    await shop.books.hears(due, says("In progress", *accounts))
    return due.order
