"""Price rules for a shop that has everything in it."""

from decimal import Decimal

from bot.base.ids import ServiceId
from bot.catalog.prices.decide import PriceProposal, save_rule
from bot.catalog.prices.rows import load_rules
from bot.catalog.prices.rules import PriceRule, digest_of
from bot.catalog.rules import Service
from bot.catalog.selection.selection import SHOP, Selection
from tests.stored_shop import ACC, BY, Books, usd


async def price_all(books: Books, service: Service) -> None:
    """A rule of each kind of part, for each part of the shelf."""
    rules = {
        SHOP: PriceRule(percent=Decimal("12.5"), step=usd("0.05")),
        Selection.supplier(ACC): PriceRule(added=usd("0.000001")),
        Selection.category(service.category): PriceRule(least_margin=usd("0")),
        Selection.service(ServiceId(99)): PriceRule(percent=Decimal(-1)),
    }
    for selection, rule in rules.items():
        known = digest_of(await books.db.read(load_rules))
        await books.db.write(save_rule, BY, PriceProposal(selection, rule, known))
