"""The life of a rented number: states, moves, and what each look does to code and money."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.numbers import rules as life
from bot.numbers.rules import (
    LAST_LOOK_AFTER,
    LAST_LOOK_WITHIN,
    LATE_FOR,
    MOVES,
    USUAL_LIFE,
    NumberReading,
    Rental,
    believed_end,
    judge_reading,
    next_look,
)
from bot.orders.views import RentalState
from bot.suppliers.progress import RentalWord
from bot.suppliers.words import Code

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
END = NOON + timedelta(minutes=20)
WAITING = Rental(RentalState.WAITING, NOON, END, told=True)
RECEIVED = replace(WAITING, state=RentalState.RECEIVED, codes=(Code("1", "one"),))
EXPIRED = replace(WAITING, state=RentalState.EXPIRED, ended_at=END)
NOTHING = NumberReading(RentalWord.OPEN, expires_at=END)
CODE = Code("123456", "Your code is 123456")
SEEN = NumberReading(RentalWord.CODE, (CODE,), END)
SECOND = timedelta(seconds=1)


def test_the_drawing_shows_every_state() -> None:
    assert all(state in (life.__doc__ or "") for state in RentalState)


def test_every_state_is_reached_and_every_way_ends_closed() -> None:
    reached = set().union(*MOVES.values())
    assert reached == set(RentalState) - {RentalState.WAITING}
    assert [state for state, onward in MOVES.items() if not onward] == [RentalState.CLOSED]


@pytest.mark.parametrize(
    ("said", "end"),
    [
        (None, USUAL_LIFE),
        (timedelta(minutes=7), timedelta(minutes=7)),
        (timedelta(hours=24), timedelta(hours=24)),
        (timedelta(hours=24, seconds=1), USUAL_LIFE),
        (timedelta(minutes=1), timedelta(minutes=1)),
        (timedelta(seconds=59), USUAL_LIFE),
        (timedelta(0), USUAL_LIFE),
        (-timedelta(days=400), USUAL_LIFE),
    ],
)
def test_a_missing_past_or_absurd_end_is_twenty_minutes(
    said: timedelta | None, end: timedelta
) -> None:
    assert believed_end(NOON, None if said is None else NOON + said) == NOON + end


@pytest.mark.parametrize(
    ("said", "end"),
    [
        (timedelta(minutes=60), timedelta(minutes=60)),
        (timedelta(minutes=60, seconds=1), USUAL_LIFE),
        (timedelta(hours=7, minutes=20), USUAL_LIFE),
        (timedelta(seconds=59), USUAL_LIFE),
        (-timedelta(hours=5), USUAL_LIFE),
    ],
)
def test_an_end_without_a_zone_is_believed_for_an_hour_at_most(
    said: timedelta, end: timedelta
) -> None:
    fresh = replace(WAITING, told=False)
    seen = NumberReading(RentalWord.OPEN, expires_at=NOON + said, has_zone=False)
    assert judge_reading(fresh, seen, NOON).expires_at == NOON + end


def test_the_first_answer_fixes_the_end_and_no_later_one_moves_it_on() -> None:
    later = NumberReading(RentalWord.OPEN, expires_at=NOON + timedelta(hours=3))
    fresh = replace(WAITING, told=False)

    assert judge_reading(fresh, later, NOON).expires_at == NOON + timedelta(hours=3)
    assert judge_reading(WAITING, later, NOON).expires_at == END


def test_the_first_code_in_time_is_delivered_and_earned() -> None:
    verdict = judge_reading(WAITING, SEEN, NOON + SECOND)
    assert (verdict.fresh, verdict.captures, verdict.releases) == ((CODE,), True, False)


def test_a_code_in_the_look_that_finds_the_number_ended_counts() -> None:
    for word, late in product(RentalWord, (timedelta(0), LAST_LOOK_AFTER)):
        assert judge_reading(WAITING, replace(SEEN, word=word), END + late).captures


def test_a_known_code_is_not_delivered_again_with_or_without_its_text() -> None:
    again = NumberReading(RentalWord.CODE, (Code("1", "one"), Code("1")), END)
    verdict = judge_reading(RECEIVED, again, NOON + SECOND)
    assert (verdict.fresh, verdict.to) == ((), None)


def test_a_further_code_is_delivered_and_moves_no_money() -> None:
    verdict = judge_reading(RECEIVED, SEEN, NOON + SECOND)
    assert (verdict.fresh, verdict.to) == ((CODE,), None)


def test_no_code_is_a_release_at_the_last_look_and_not_before() -> None:
    assert judge_reading(WAITING, NOTHING, END + LAST_LOOK_AFTER - SECOND).to is None
    assert judge_reading(WAITING, NOTHING, END + LAST_LOOK_AFTER).to is RentalState.EXPIRED


def test_the_clock_alone_releases_within_two_minutes_of_the_end() -> None:
    bound = LAST_LOOK_AFTER + LAST_LOOK_WITHIN
    assert bound < timedelta(minutes=2)
    assert judge_reading(WAITING, None, END + bound - SECOND).to is None
    assert judge_reading(WAITING, None, END + bound).releases


def test_a_number_called_off_gives_the_money_back_at_once() -> None:
    verdict = judge_reading(WAITING, NumberReading(RentalWord.CANCELED), NOON + SECOND)
    assert (verdict.to, verdict.releases) == (RentalState.CANCELED, True)


def test_a_number_that_runs_out_early_gets_one_more_minute_for_a_code_on_its_way() -> None:
    early = NOON + timedelta(minutes=1)
    verdict = judge_reading(WAITING, NumberReading(RentalWord.RUN_OUT, expires_at=END), early)
    assert (verdict.to, verdict.expires_at) == (None, early)
    ran_out = replace(WAITING, expires_at=early)
    assert judge_reading(
        ran_out, NumberReading(RentalWord.RUN_OUT), early + LAST_LOOK_AFTER
    ).releases


def test_a_late_code_is_delivered_and_moves_nothing() -> None:
    verdict = judge_reading(EXPIRED, SEEN, END + timedelta(minutes=9))
    assert (verdict.fresh, verdict.to) == ((CODE,), None)


def test_ten_minutes_after_the_money_went_back_nobody_looks_any_more() -> None:
    assert judge_reading(EXPIRED, NOTHING, END + LATE_FOR - SECOND).to is None
    assert judge_reading(EXPIRED, NOTHING, END + LATE_FOR).to is RentalState.CLOSED
    assert judge_reading(EXPIRED, None, END + LATE_FOR).to is RentalState.CLOSED


def test_looks_are_at_most_five_seconds_apart_at_first_and_ten_later() -> None:
    for age in range(0, 1200, 7):
        now = NOON + timedelta(seconds=age)
        gap = next_look(WAITING, now) - now
        assert gap <= timedelta(seconds=5 if age < 120 else 10)


def test_the_last_look_is_due_exactly_when_it_counts() -> None:
    last = END + LAST_LOOK_AFTER
    assert next_look(WAITING, last - SECOND) == last


@given(
    state=st.sampled_from(RentalState),
    word=st.sampled_from(RentalWord),
    seen=st.booleans(),
    codes=st.lists(st.sampled_from([CODE, Code("1", "one"), Code("2")]), max_size=3),
    age=st.integers(0, 3000),
)
def test_every_verdict_is_a_legal_move_and_settles_money_once(
    state: RentalState, word: RentalWord, seen: bool, codes: list[Code], age: int
) -> None:
    ended = None if state in {RentalState.WAITING, RentalState.RECEIVED} else END
    rental = replace(WAITING, state=state, ended_at=ended)
    sighting = NumberReading(word, tuple(codes), END) if seen else None
    verdict = judge_reading(rental, sighting, NOON + timedelta(seconds=age))

    assert verdict.to is None or verdict.to in MOVES[state]
    if verdict.captures or verdict.releases:
        assert state is RentalState.WAITING
    assert verdict.captures == (state is RentalState.WAITING and bool(verdict.fresh))


@pytest.mark.parametrize("half", [Code("777"), Code("", "Your code is seven")])
def test_half_a_code_is_news_as_well(half: Code) -> None:
    seen = NumberReading(RentalWord.CODE, (half,), END)

    assert judge_reading(WAITING, seen, NOON + SECOND).fresh == (half,)
    assert judge_reading(RECEIVED, seen, NOON + SECOND).fresh == (half,)


def test_a_known_code_with_a_text_for_the_first_time_is_news() -> None:
    bare = replace(RECEIVED, codes=(Code("1"),))
    told = NumberReading(RentalWord.CODE, (Code("1", "one"),), END)

    assert judge_reading(bare, told, NOON + SECOND).fresh == (Code("1", "one"),)


@pytest.mark.parametrize(
    ("rental", "age_s", "gap_s"),
    [
        (WAITING, 0, 4), (WAITING, 119, 4), (WAITING, 120, 7), (RECEIVED, 300, 7),
        (WAITING, 20 * 60 + 58, 2), (WAITING, 20 * 60 + 60, 4), (WAITING, 20 * 60 + 75, 4),
        (EXPIRED, 20 * 60 + 75, 15),
    ],
)  # fmt: skip
def test_each_age_has_its_pace(rental: Rental, age_s: int, gap_s: int) -> None:
    now = NOON + timedelta(seconds=age_s)

    assert next_look(rental, now) - now == timedelta(seconds=gap_s)


@pytest.mark.parametrize("seen", [NOTHING, None])
def test_a_number_that_earned_its_money_is_closed_at_the_last_look(
    seen: NumberReading | None,
) -> None:
    verdict = judge_reading(RECEIVED, seen, END + LAST_LOOK_AFTER + LAST_LOOK_WITHIN)
    assert (verdict.to, verdict.releases) == (RentalState.CLOSED, False)


def test_a_number_called_off_after_its_code_is_closed_and_keeps_the_money() -> None:
    verdict = judge_reading(RECEIVED, NumberReading(RentalWord.CANCELED), NOON + SECOND)
    assert (verdict.to, verdict.releases) == (RentalState.CLOSED, False)
