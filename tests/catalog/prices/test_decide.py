"""A rule is saved once, and only while the rules stand by which it was previewed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.base.money import Money
from bot.catalog import store
from bot.catalog.prices.decide import PriceProposal, save_rule, selection_of, subject_of
from bot.catalog.prices.errors import BadPrice, PricesChanged
from bot.catalog.prices.rows import load_rules
from bot.catalog.prices.rules import NO_RULE, PriceRule, digest_of
from bot.catalog.selection.selection import SHOP, Scope, Selection
from bot.people.audit import find_act, list_acts
from tests.races import all_at_once
from tests.stored_shop import ACC, Books, usd

HALF = PriceProposal(SHOP, PriceRule(percent=Decimal(50)), digest_of({}))


async def test_a_rule_is_kept_as_it_was_typed_and_every_process_is_told(books: Books) -> None:
    before = await books.db.read(store.version)
    rule = PriceRule(Decimal("12.345"), None, Money(1), usd("0.05"))
    line = await books.db.write(save_rule, books.act(), replace(HALF, rule=rule))
    assert await books.db.read(load_rules) == {SHOP: rule}
    assert await books.db.read(store.version) > before
    act = await books.db.read(find_act, line)
    assert act is not None
    assert (act.action, act.subject) == ("price rule", "shop")
    assert (act.before, act.after) == ("off", "12.3450% min 0.000001 step 0.05")


async def test_taps_at_once_save_once(books: Books) -> None:
    acts = [books.act() for _ in range(8)]
    done = await all_at_once(*(books.db.write(save_rule, act, HALF) for act in acts))
    assert sum(isinstance(one, int) and one > 0 for one in done) == 1
    assert sum(isinstance(one, PricesChanged) for one in done) == 7
    assert (await books.db.read(list_acts, 0)).total == 1


async def test_what_was_previewed_by_other_rules_is_not_saved(books: Books) -> None:
    await books.db.write(save_rule, books.act(), HALF)
    version = await books.db.read(store.version)
    other = PriceProposal(Selection.supplier(ACC), PriceRule(Decimal(9)), HALF.known)
    with pytest.raises(PricesChanged):
        await books.db.write(save_rule, books.act(), other)
    assert await books.db.read(load_rules) == {SHOP: HALF.rule}
    assert await books.db.read(store.version) == version
    known = digest_of({SHOP: HALF.rule})
    assert await books.db.write(save_rule, books.act(), replace(other, known=known))


async def test_no_rule_at_all_and_one_that_cannot_stand(books: Books) -> None:
    await books.db.write(save_rule, books.act(), HALF)
    known = digest_of({SHOP: HALF.rule})
    for bad in (PriceRule(Decimal(-100)), PriceRule(step=usd("0.005"))):
        with pytest.raises(BadPrice):
            await books.db.write(save_rule, books.act(), PriceProposal(SHOP, bad, known))
    assert not await books.db.write(save_rule, books.act(), replace(HALF, known=known))
    assert await books.db.write(save_rule, books.act(), PriceProposal(SHOP, NO_RULE, known))
    assert await books.db.read(load_rules) == {}


@pytest.mark.parametrize(
    "selection",
    [
        SHOP,
        Selection.supplier(ACC),
        Selection(Scope.SUPPLIER, "a:b"),
        Selection(Scope.CATEGORY, id=3),
    ],
)
def test_the_log_names_what_a_rule_is_for(selection: Selection) -> None:
    assert selection_of(subject_of(selection)) == selection
