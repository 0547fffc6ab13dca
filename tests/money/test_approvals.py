"""Credit beyond what one operator may give a day waits until another agrees, once."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from bot.base.acts import Act, Role
from bot.base.errors import NotYours, TooLate
from bot.base.ids import CustomerId
from bot.base.money import ZERO
from bot.money import approvals, decide, requests, topup
from bot.money.errors import NeedsSecond, OwnApproval, OwnCredit
from bot.money.ledger import ApprovalDecision, TopupDecision, Wallet
from tests.races import all_at_once
from tests.stored_shop import ALICE, BOB, OLGA, Books, usd

OTTO, CARL, DORA = CustomerId(901), CustomerId(902), CustomerId(903)


def by(who: CustomerId, key: str = "cmd:1", role: Role = Role.CASHIER) -> Act:
    return Act(who, role, key)


async def gives_role(books: Books, who: CustomerId, role: Role) -> None:
    await books.sql(f"DELETE FROM operators WHERE id = {who}")  # noqa: S608 - a number
    await books.sql(f"INSERT INTO operators VALUES ({who}, '{role}', '{OLGA}', 1)")  # noqa: S608 - our own words


@pytest.fixture
async def capped(books: Books) -> AsyncIterator[Books]:
    """Otto and Carl are cashiers, and nobody gives more than 100 a day alone."""
    books.db.settings = replace(books.db.settings, second_operator_above=usd("100"))
    await books.meets(ALICE, BOB, OTTO, CARL)
    for who in (OTTO, CARL):
        await gives_role(books, who, Role.CASHIER)
    yield books
    assert await books.faults() == ()


async def gives(books: Books, amount: str, key: str, who: CustomerId = OTTO) -> topup.Change:
    return await books.db.write(topup.top_up, by(who, key), ALICE, usd(amount))


async def asks(books: Books, amount: str = "150", key: str = "cmd:9") -> int:
    return await books.db.write(approvals.ask_second, by(OTTO, key), ALICE, usd(amount), "note")


async def test_what_one_operator_gives_is_counted_by_the_day_without_what_was_undone(
    capped: Books,
) -> None:
    first = await gives(capped, "60", "a")
    with pytest.raises(NeedsSecond):
        await gives(capped, "40.01", "b")
    await gives(capped, "40", "b")
    assert not (await gives(capped, "60", "a")).fresh  # the same command again
    with pytest.raises(NeedsSecond):
        await gives(capped, "0.01", "c")
    await gives(capped, "100", "d", CARL)
    await capped.db.write(topup.undo, by(OTTO), first.transfer)
    await gives(capped, "60", "e")
    capped.wait(days=1)
    await gives(capped, "100", "f")

    assert (await capped.wallet()).free == usd("300")


async def test_two_commands_at_once_give_no_more_than_one_operator_may(capped: Books) -> None:
    outcomes = await all_at_once(*(gives(capped, "30", f"k{n}") for n in range(6)))

    assert sum(isinstance(one, NeedsSecond) for one in outcomes) == 3
    assert (await capped.wallet()).free == usd("90")


async def test_another_operator_agrees_once_and_both_are_told(capped: Books) -> None:
    asked = await asks(capped)
    assert await asks(capped) == asked  # the same command again
    assert await capped.told(CARL) == await capped.told(OLGA) == ["a-approval"]
    assert await capped.told(OTTO) == []
    assert (await capped.wallet()).free == ZERO

    outcomes = await all_at_once(
        *(capped.db.write(approvals.agree, by(CARL, f"tap{n}"), asked) for n in range(5))
    )

    assert sum(isinstance(one, TooLate) for one in outcomes) == 4
    assert (await capped.wallet()).free == usd("150")
    assert await capped.told(OTTO) == ["approval-decided"]
    assert await capped.told(ALICE) == ["credited"]
    done = await capped.db.read(approvals.load_approval, asked)
    assert (done.decision, done.decided_by) == (ApprovalDecision.AGREED, CARL)
    with pytest.raises(NeedsSecond):  # it counts as given by who asked for it
        await gives(capped, "1", "z")


async def test_agreeing_and_refusing_at_once_are_one_of_them(capped: Books) -> None:
    asked = await asks(capped)

    outcomes = await all_at_once(
        capped.db.write(approvals.agree, by(CARL), asked),
        capped.db.write(approvals.refuse, by(OTTO), asked),
    )

    assert sum(isinstance(one, TooLate) for one in outcomes) == 1
    decided = (await capped.db.read(approvals.load_approval, asked)).decision
    granted = usd("150") if decided is ApprovalDecision.AGREED else ZERO
    assert await capped.wallet() == Wallet(granted, ZERO)


async def test_nobody_agrees_to_their_own_or_to_credit_for_themself(capped: Books) -> None:
    asked = await asks(capped)
    with pytest.raises(OwnApproval):
        await capped.db.write(approvals.agree, by(OTTO, "tap"), asked)
    for_carl = await capped.db.write(approvals.ask_second, by(OTTO, "k"), CARL, usd("150"))
    with pytest.raises(OwnCredit):
        await capped.db.write(approvals.agree, by(CARL, "tap"), for_carl)
    with pytest.raises(OwnCredit):
        await capped.db.write(approvals.ask_second, by(OTTO, "own"), OTTO, usd("150"))
    with pytest.raises(NotYours):
        await capped.db.write(approvals.agree, by(CARL, "tap"), 77)

    assert (await capped.wallet()).free == ZERO


async def test_who_may_not_give_any_more_gives_nothing(capped: Books) -> None:
    asked = await asks(capped)
    await gives_role(capped, OTTO, Role.VIEWER)

    assert await capped.db.write(approvals.agree, by(CARL), asked) is None
    assert (await capped.wallet()).free == ZERO
    done = await capped.db.read(approvals.load_approval, asked)
    assert done.decision is ApprovalDecision.WITHDRAWN


@pytest.mark.parametrize("who", [OTTO, CARL])
async def test_what_is_refused_or_taken_back_leaves_nothing(
    capped: Books, who: CustomerId
) -> None:
    asked = await asks(capped)
    await capped.db.write(approvals.refuse, by(who), asked)
    with pytest.raises(TooLate):
        await capped.db.write(approvals.agree, by(CARL), asked)

    assert (await capped.wallet()).free == ZERO
    assert await asks(capped) == asked  # the same command still means the same
    assert await capped.told(OTTO) == ([] if who == OTTO else ["approval-decided"])


async def requested(books: Books, amount: str = "150") -> tuple[int, int]:
    """A request of Alice's that Otto may not approve alone, and what waits for a second one."""
    request, _ = await books.db.write(requests.ask_topup, ALICE, usd(amount))
    with pytest.raises(NeedsSecond):
        await books.db.write(decide.approve_topup, by(OTTO), request, 1)
    asked = await books.db.write(approvals.ask_second, by(OTTO), ALICE, usd(amount), "", request)
    return request, asked


async def test_a_request_waits_for_the_second_operator_and_is_approved_by_both(
    capped: Books,
) -> None:
    request, asked = await requested(capped)
    assert (await capped.db.read(requests.load_topup, request)).is_open
    await capped.db.write(approvals.agree, by(CARL), asked)

    done = await capped.db.read(requests.load_topup, request)
    assert (done.decision, done.decided_by) == (TopupDecision.APPROVED, str(OTTO))
    assert (await capped.wallet()).free == usd("150")
    for act in (by(CARL), by(OLGA, role=Role.OWNER)):
        with pytest.raises(TooLate):
            await capped.db.write(decide.approve_topup, act, request, 1)


async def test_a_refused_second_may_be_asked_again_for_the_same_request(capped: Books) -> None:
    request, asked = await requested(capped)
    await capped.db.write(approvals.refuse, by(CARL), asked)
    again = await capped.db.write(approvals.ask_second, by(OTTO), ALICE, usd("150"), "", request)

    assert again != asked
    await capped.db.write(approvals.agree, by(CARL), again)
    assert (await capped.wallet()).free == usd("150")


async def _withdraws(books: Books, request: int) -> None:
    await books.db.write(requests.withdraw_topup, ALICE, request)


async def _changes(books: Books, request: int) -> None:
    await books.db.write(requests.change_amount, ALICE, request, usd("120"))


async def _denied(books: Books, request: int) -> None:
    await books.db.write(decide.deny_topup, by(OLGA, role=Role.OWNER), request)


@pytest.mark.parametrize("meanwhile", [_withdraws, _changes, _denied])
async def test_what_happens_to_a_request_meanwhile_ends_the_wait(
    capped: Books, meanwhile: Callable[[Books, int], Awaitable[None]]
) -> None:
    request, asked = await requested(capped)
    await meanwhile(capped, request)
    with pytest.raises(TooLate):
        await capped.db.write(approvals.agree, by(CARL), asked)

    done = await capped.db.read(approvals.load_approval, asked)
    assert done.decision is ApprovalDecision.WITHDRAWN
    assert (await capped.wallet()).free == ZERO


async def test_an_approval_and_an_agreement_at_once_give_once(capped: Books) -> None:
    request, asked = await _small(capped)
    await all_at_once(
        capped.db.write(approvals.agree, by(CARL, "tap"), asked),
        capped.db.write(decide.approve_topup, by(OLGA, role=Role.OWNER), request, 1),
        capped.db.write(requests.withdraw_topup, ALICE, request),
    )

    assert (await capped.wallet()).free in {usd("90"), ZERO}


async def _small(books: Books) -> tuple[int, int]:
    """The same with an amount that Olga may give alone."""
    await gives(books, "50", "before", OTTO)
    await books.takes(ALICE, "50")
    return await requested(books, "90")


async def test_who_may_agree_is_reminded_once_and_nobody_else(capped: Books) -> None:
    await gives_role(capped, DORA, Role.SUPPORT)
    refused = await asks(capped, key="cmd:8")
    await capped.db.write(approvals.refuse, by(CARL), refused)
    await asks(capped)
    before = {who: len(await capped.told(who)) for who in (OTTO, CARL, DORA, OLGA)}
    capped.wait(minutes=14)
    assert await capped.db.write(approvals.remind) == 0
    capped.wait(minutes=1)
    other = await capped.another()

    noted = await all_at_once(*(one.db.write(approvals.remind) for one in (capped, other) * 3))
    assert sorted(map(str, noted)) == ["0"] * 5 + ["1"]
    after = {who: len(await capped.told(who)) for who in before}
    assert after == before | {CARL: before[CARL] + 1, OLGA: before[OLGA] + 1}
    capped.wait(days=1)
    assert await capped.db.write(approvals.remind) == 0


async def test_what_a_clock_that_was_ahead_has_noted_is_reminded_of_too(capped: Books) -> None:
    capped.wait(days=1)
    await asks(capped)
    capped.wait(days=-1)
    assert await capped.db.write(approvals.remind) == 1
