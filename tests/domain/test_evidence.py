"""The operator's balance is read again at growing distances after a doubt, and then no more."""

from datetime import UTC, datetime

from bot.domain.evidence import READ_AFTER, next_reading

PARKED = datetime(2026, 3, 1, tzinfo=UTC)


def test_each_reading_is_due_later_than_the_one_before() -> None:
    due = [next_reading(PARKED, taken) for taken in range(len(READ_AFTER))]

    assert due == [PARKED + after for after in READ_AFTER]
    assert len(set(READ_AFTER)) == len(READ_AFTER)
    assert list(READ_AFTER) == sorted(READ_AFTER)


def test_after_the_last_reading_there_is_no_further_one() -> None:
    assert next_reading(PARKED, len(READ_AFTER)) is None
    assert next_reading(PARKED, len(READ_AFTER) + 5) is None
