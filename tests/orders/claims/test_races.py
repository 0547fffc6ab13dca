"""Several processes decide about one claim at once: one of them does."""

import pytest

from bot.base.errors import TooLate
from bot.base.money import Money
from bot.orders.claims import remedy, replace, report
from bot.orders.claims.report import ClaimDraft
from bot.orders.rules.claims import ClaimReason
from tests.orders.claims.claiming import came, claims, remedies_of
from tests.races import all_at_once
from tests.stored_shop import ALICE, Books, usd

TIMES = 8


@pytest.fixture
async def both(rich: Books) -> tuple[Books, Books]:
    return rich, await rich.another()


async def test_a_problem_that_is_sent_in_parallel_is_one_claim(both: tuple[Books, Books]) -> None:
    books, _ = both
    draft = ClaimDraft(await came(books), ClaimReason.OTHER)

    made = await all_at_once(
        *(one.db.write(report.make_claim, ALICE, draft) for one in both * TIMES)
    )

    assert {one[0] for one in made if isinstance(one, tuple)} == {1}
    assert [one for one in made if not isinstance(one, tuple)] == []
    assert sum(one[1] for one in made if isinstance(one, tuple)) == 1


async def test_parallel_taps_on_one_refund_give_the_money_back_once(
    both: tuple[Books, Books],
) -> None:
    books, _ = both
    order = await came(books)
    claim, free = await claims(books, order, "1"), (await books.wallet()).free

    done = await all_at_once(
        *(one.db.write(remedy.refund_claimed, one.act(), claim, 0) for one in both * TIMES)
    )

    assert [one for one in done if isinstance(one, Money)] == [usd("1")]
    assert {type(one) for one in done} == {Money, TooLate}
    assert (await books.wallet()).free == free + usd("1")
    assert await books.faults() == ()


async def test_a_refund_and_a_replacement_at_once_are_one_of_both(
    both: tuple[Books, Books],
) -> None:
    books, other = both
    order = await came(books)
    claim = await claims(books, order)

    await all_at_once(
        *(books.db.write(remedy.refund_claimed, books.act(), claim, 0) for _ in range(TIMES)),
        *(
            other.db.write(replace.replace_claimed, other.act(), claim, 0, usd("2.7"))
            for _ in range(TIMES)
        ),
    )

    assert len(await remedies_of(books, order)) == 1
    assert await books.faults() == ()
