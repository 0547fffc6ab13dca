"""Whatever a supplier listed before, money follows what it lists now."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.base.money import Money
from bot.orders.rules.moves import State
from bot.orders.rules.settlement import GOODS_GRACE, ActiveOrder, is_goods, judge, partial_ending
from bot.suppliers.progress import Progress, Stage

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LINES = ("a", "b", "a|more", "b ", "u1:****", "u1:p1", "processing", "Preparing your order...")
lists = st.lists(st.sampled_from(LINES), max_size=5).map(tuple)
histories = st.lists(
    st.builds(
        Progress,
        st.just("said"),
        st.sampled_from(Stage),
        remains=st.none() | st.integers(0, 4),
        remains_said=st.just(value=False),
        accounts=st.none() | lists,
    ),
    min_size=1,
    max_size=6,
)


@given(st.integers(1, 4), st.integers(1, 10**9).map(Money), histories)
def test_no_history_of_lists_captures_more_than_the_newest_one_holds(
    quantity: int, total: Money, history: list[Progress]
) -> None:
    order = ActiveOrder(brings_goods=True, quantity=quantity, total=total)
    held = 0
    for turn, answer in enumerate(history):
        if answer.accounts is not None:
            held = sum(map(is_goods, answer.accounts))
        verdict = judge(order, answer, NOW + turn * GOODS_GRACE)
        if verdict.ending is not None:
            complete = verdict.ending.to is State.COMPLETED and held >= quantity
            paid = (
                total
                if complete
                else partial_ending(total, min(held, quantity), quantity, Money(10_000))
            )
            assert verdict.ending.captured <= (paid if isinstance(paid, Money) else paid.captured)
            return
        since = (order.finished_since or NOW) if verdict.waits_for_goods else None
        order = replace(
            order, goods=order.goods + verdict.fresh, finished_since=since, listed=held
        )
