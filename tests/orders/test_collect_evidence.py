"""What the stored readings suggest, beside other orders, and what may happen by itself."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.base.money import ZERO
from bot.orders import attempts, collect_evidence, decide
from bot.orders import order_details as records
from bot.orders.kinds import Submission
from bot.orders.rules.evidence import READ_AFTER, EvidenceReason, EvidenceVerdict
from bot.orders.rules.moves import Reason, State
from bot.suppliers.port import Balance
from tests.stored_shop import ACC, ALICE, BY, HUNDRED, OLGA, SETTINGS, Books, says, usd


@pytest.fixture
def lenient(rich: Books) -> Books:
    """The operator lets the shop refund by itself what was likely not placed; Alice has $10."""
    rich.db.settings = replace(SETTINGS, auto_refund=True)
    return rich


async def takes_reading(books: Books, found: Balance) -> None:
    """The balance found at a moment when readings are due."""
    due = await books.db.write(collect_evidence.claim_readings, ACC)
    assert due
    for one in due:
        await books.db.write(collect_evidence.note_reading, one, found)


async def reads(books: Books, sent: Submission, *balances: str) -> None:
    """The balances found at the planned moments after the doubt."""
    parked_at = books.now
    for balance, after in zip(balances, READ_AFTER, strict=False):
        books.clock.turn(parked_at + after - books.now)
        found = Balance(Decimal(balance), "USD")
        await takes_reading(books, found)


async def suggested(books: Books, sent: Submission) -> tuple[EvidenceVerdict, EvidenceReason]:
    details = await books.db.read(records.find_details, sent.order)
    assert details is not None
    assert details.evidence is not None
    return details.evidence.verdict, details.evidence.reason


@pytest.mark.parametrize(
    ("balances", "suggests"),
    [
        (("100", "99.1"), (EvidenceVerdict.LIKELY_PLACED, EvidenceReason.FELL_BY_COST)),
        (("100",) * 4, (EvidenceVerdict.LIKELY_NOT_PLACED, EvidenceReason.DID_NOT_FALL)),
        (("100",), (EvidenceVerdict.INCONCLUSIVE, EvidenceReason.TOO_EARLY)),
        (("100", "100", "500"), (EvidenceVerdict.INCONCLUSIVE, EvidenceReason.ROSE)),
    ],
)
async def test_the_readings_suggest(
    rich: Books, balances: tuple[str, ...], suggests: tuple[EvidenceVerdict, EvidenceReason]
) -> None:
    sent = await rich.in_doubt()
    await reads(rich, sent, *balances)

    assert await suggested(rich, sent) == suggests
    assert await rich.state(sent.order) is State.IN_DOUBT


async def test_a_reading_that_failed_late_plans_nothing_again_that_was_taken_meanwhile(
    rich: Books,
) -> None:
    sent = await rich.in_doubt()
    *earlier, last = READ_AFTER
    await reads(rich, sent, *["100"] * len(earlier))
    rich.clock.turn(last - earlier[-1])
    (late,) = await rich.db.write(collect_evidence.claim_readings, ACC)
    rich.wait(minutes=1)
    await takes_reading(rich, HUNDRED)

    again_at = rich.now + timedelta(seconds=5)
    await rich.db.write(collect_evidence.reading_failed, late, again_at)
    rich.wait(seconds=5)
    assert await rich.db.write(collect_evidence.claim_readings, ACC) == ()


async def test_another_order_explains_its_own_part_of_the_fall(rich: Books) -> None:
    sent = await rich.in_doubt()
    await rich.buys()
    rich.wait(seconds=1)
    await rich.accepts(await rich.sends())
    await reads(rich, sent, "99.1", "99.1", "99.1")

    assert await suggested(rich, sent) == (
        EvidenceVerdict.LIKELY_NOT_PLACED,
        EvidenceReason.DID_NOT_FALL,
    )


async def test_two_doubts_at_once_hide_each_other(rich: Books) -> None:
    sent = await rich.in_doubt()
    rich.wait(seconds=1)
    await rich.in_doubt()
    await reads(rich, sent, "99.1", "99.1", "99.1")

    assert await suggested(rich, sent) == (
        EvidenceVerdict.INCONCLUSIVE,
        EvidenceReason.OTHERS_UNKNOWN,
    )


async def test_a_refund_there_makes_the_balance_say_nothing(rich: Books) -> None:
    other = await rich.has_active()
    sent = await rich.in_doubt()
    rich.wait(seconds=1)
    await rich.hears(other, says("Canceled"))
    await reads(rich, sent, "100", "100", "100")

    assert await suggested(rich, sent) == (
        EvidenceVerdict.INCONCLUSIVE,
        EvidenceReason.OTHERS_MOVED_IT,
    )


async def test_a_settled_order_suggests_nothing(rich: Books) -> None:
    sent = await rich.in_doubt()
    await rich.accepts(sent)

    details = await rich.db.read(records.find_details, sent.order)
    assert details is not None
    assert details.evidence is None


async def test_what_was_likely_not_placed_is_refunded_by_itself_where_allowed(
    lenient: Books,
) -> None:
    sent = await lenient.in_doubt()
    await reads(lenient, sent, "100", "100", "100")
    assert await lenient.state(sent.order) is State.IN_DOUBT
    lenient.clock.turn(READ_AFTER[3] - READ_AFTER[2])
    last = Balance(Decimal(100), "USD")
    await takes_reading(lenient, last)

    view = await lenient.order(sent.order)
    assert (view.state, view.reason) == (State.FAILED, Reason.LIKELY_NOT_PLACED)
    assert (await lenient.wallet()).free == usd("10")
    assert (await lenient.wallet()).held == ZERO
    assert "ended" in await lenient.told(ALICE)
    assert await lenient.told(OLGA) == ["a-doubt", "a-oddity"]
    assert await lenient.faults() == ()


@pytest.mark.parametrize(
    "balances",
    [
        ("100", "100", "100", "99.1"),
        ("99.1", "100", "100", "100"),
        ("100", "100", "100", "99.99"),
        ("100", "100", "100", "100.01"),
        ("100", "99", "100", "100"),
    ],
)
async def test_a_balance_that_moved_at_all_releases_nothing(
    lenient: Books, balances: tuple[str, ...]
) -> None:
    sent = await lenient.in_doubt()
    await reads(lenient, sent, *balances)

    assert await lenient.state(sent.order) is State.IN_DOUBT
    assert (await lenient.wallet()).held == usd("1")


async def test_an_order_beside_it_releases_nothing(lenient: Books) -> None:
    sent = await lenient.in_doubt()
    await lenient.buys()
    lenient.wait(seconds=1)
    await lenient.accepts(await lenient.sends())
    await reads(lenient, sent, *["99.1"] * 4)

    assert await lenient.state(sent.order) is State.IN_DOUBT


async def test_an_order_sent_again_by_name_is_never_released(lenient: Books) -> None:
    first = await lenient.in_doubt()
    await lenient.db.write(decide.send_again, BY, first.order)
    second = await lenient.sends()
    await lenient.db.write(attempts.in_doubt, second, Reason.ANSWER_LOST, "timeout")
    await reads(lenient, second, *["100"] * 4)

    assert await lenient.state(second.order) is State.IN_DOUBT


async def test_an_answer_after_the_release_moves_nothing_and_is_told(lenient: Books) -> None:
    sent = await lenient.in_doubt()
    await reads(lenient, sent, *["100"] * 4)
    lenient.wait(minutes=1)
    await lenient.accepts(sent)

    assert await lenient.state(sent.order) is State.FAILED
    assert (await lenient.wallet()).free == usd("10")
    assert await lenient.told(OLGA) == ["a-doubt", "a-oddity", "a-oddity"]


async def test_the_balance_is_read_again_until_there_is_enough_evidence(rich: Books) -> None:
    sent = await rich.in_doubt()
    parked_at = rich.now
    taken = 0
    assert await rich.db.read(collect_evidence.due_readings, ACC) == ()
    for after in READ_AFTER:
        rich.clock.turn(parked_at + after - rich.now)
        assert await rich.db.read(collect_evidence.due_readings, ACC) == ((sent.order, 1, taken),)
        await takes_reading(rich, HUNDRED)
        taken += 1

    rich.wait(days=1)
    assert await rich.db.read(collect_evidence.due_readings, ACC) == ()
    details = await rich.db.read(records.find_details, sent.order)
    assert details is not None
    assert len(details.readings) == taken + 1


async def test_readings_stop_when_the_doubt_is_over(rich: Books) -> None:
    sent = await rich.in_doubt()
    rich.wait(seconds=5)
    await rich.accepts(sent)

    assert await rich.db.read(collect_evidence.due_readings, ACC) == ()


async def test_only_the_newest_attempt_gathers_evidence(rich: Books) -> None:
    sent = await rich.in_doubt()
    await rich.db.write(decide.send_again, BY, sent.order)
    second = await rich.sends()
    await rich.db.write(attempts.in_doubt, second, Reason.ANSWER_LOST, "timeout")
    rich.wait(minutes=20)

    assert await rich.db.read(collect_evidence.due_readings, ACC) == ((sent.order, 2, 0),)
