"""Whatever comes back, `add` ends in one of its words and never takes nonsense for an id."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.suppliers import DIALECTS
from bot.suppliers.api_v2.failures import Judge
from bot.suppliers.api_v2.masking import Mask
from bot.suppliers.api_v2.wire import Reply
from bot.suppliers.errors import InDoubt, Refused, Throttled
from tests.clock import TurnableClock

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.text("0123456789-+. ")
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
ANSWERS = ANYTHING | st.dictionaries(st.sampled_from(["order", "error", "orders"]), ANYTHING)
STATUSES = st.sampled_from([200, 201, 202, 204, 302, 400, 401, 404, 408, 409, 423, 425, 429, 500])
NAMES = st.sampled_from(sorted(DIALECTS))
BODIES = ANSWERS.map(lambda answer: json.dumps(answer).encode()) | st.binary()


@given(STATUSES, BODIES, st.none() | st.text(), NAMES)
def test_add_ends_in_its_own_words_only(
    status: int, body: bytes, retry_after: str | None, name: str
) -> None:
    judge = Judge(Mask("canary-key"), DIALECTS[name], TurnableClock().now)
    try:
        accepted = judge.placed(Reply(status, retry_after, body))
    except (InDoubt, Refused, Throttled):
        return

    answer = json.loads(body)
    assert status in {200, 201}
    assert answer.get("error") is None
    assert type(answer["order"]) in {int, str}
    assert accepted.order == str(answer["order"])
    assert accepted.order.isascii()
    assert accepted.order.isprintable()
    assert 1 <= len(accepted.order) <= 64


@given(STATUSES, ANYTHING)
def test_a_refusal_is_nothing_but_an_error_text(status: int, error: object) -> None:
    judge = Judge(Mask("canary-key"), DIALECTS["accplanet"], TurnableClock().now)
    is_clear = isinstance(error, str) and bool(error.strip())
    is_clear = is_clear and status in {200, 400, 401, 404}

    with pytest.raises((Refused, InDoubt, Throttled)) as said:
        judge.placed(Reply(status, None, json.dumps({"error": error}).encode()))

    assert isinstance(said.value, Refused) == is_clear
