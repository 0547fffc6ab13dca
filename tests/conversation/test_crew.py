"""The workers of these tests do what they are woken for and no more: a missing wake is seen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import pytest

from bot.base.topics import OUTBOX, poll_topic, submit_topic
from bot.db.database import Waker
from bot.orders.rules.moves import State
from sandbox.suppliers.timelines import completes
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import ACC

GOODS: Final = ["ann:1", "ben:2", "cid:3"]
NOBODY: Final = ""


@dataclass(frozen=True, slots=True)
class ForgetfulWaker(Waker):
    """Wakes for every topic but one."""

    inner: Waker = field(default_factory=Waker)
    forgotten: str = NOBODY

    def event(self, topic: str) -> asyncio.Event:
        return self.inner.event(topic)

    def wake_all(self) -> None:
        self.inner.wake_all()

    def wake(self, topics: Iterable[str]) -> None:
        self.inner.wake(topic for topic in topics if topic != self.forgotten)


def forget(shop: Shop, topic: str) -> None:
    """From now on no transaction of this process wakes anybody for this."""
    shop.kiosk.db.waker = ForgetfulWaker(inner=shop.kiosk.db.waker, forgotten=topic)


@pytest.mark.parametrize(
    ("forgotten", "left"),
    [
        (NOBODY, State.COMPLETED),
        (submit_topic(ACC), State.QUEUED),
        (poll_topic(ACC), State.ACTIVE),
    ],
)
async def test_an_order_that_nobody_is_woken_for_stays_where_it_is(
    shop: Shop, alice: Human, forgotten: str, left: State
) -> None:
    shop.accplanet.plan(completes(0), GOODS)
    forget(shop, forgotten)
    await alice.buys()
    await shop.works()

    assert await shop.state() is left


async def test_a_message_that_nobody_is_woken_for_stays_in_the_outbox(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(completes(0), GOODS)
    forget(shop, OUTBOX)
    await alice.buys()
    await shop.works()

    assert await shop.state() is State.COMPLETED
    alice.sees_nothing_of("ann:1")


@on_sqlite
@pytest.mark.parametrize("forgotten", [submit_topic(ACC), poll_topic(ACC), OUTBOX])
async def test_what_nobody_was_woken_for_is_found_as_time_passes(
    shop: Shop, alice: Human, forgotten: str
) -> None:
    shop.accplanet.plan(completes(0), GOODS)
    forget(shop, forgotten)
    await alice.buys()
    await shop.passes(seconds=10)

    assert await shop.state() is State.COMPLETED
    assert alice.times("ann:1") == 1


@on_sqlite
async def test_a_worker_that_falls_fails_the_test(shop: Shop, alice: Human) -> None:
    await alice.buys()
    await shop.kiosk.db.close()

    with pytest.raises(ValueError, match="closed"):
        await shop.crew.works()
