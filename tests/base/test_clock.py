from datetime import UTC, timedelta

from bot.base.clock import Clock, SystemClock
from tests.clock import TurnableClock


def test_the_systems_clock_says_its_time_zone() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_the_turnable_clock_stands_until_it_is_turned(clock: TurnableClock) -> None:
    fits: Clock = clock
    before = fits.now()

    assert fits.now() == before
    assert clock.turn(timedelta(minutes=5)) - before == timedelta(minutes=5)
