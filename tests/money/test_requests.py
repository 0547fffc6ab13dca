"""A request for credit: a proof, another amount, a question, and one decision."""

from collections.abc import Awaitable, Callable

import pytest

from bot.base.acts import Act, Role
from bot.base.errors import Banned, NotYours, TooLate
from bot.base.ids import CustomerId
from bot.base.money import ZERO
from bot.desk.requests import find_queued_card, load_request_card
from bot.money import decide, requests
from bot.money.errors import NotInSteps, RequestChanged
from bot.money.ledger import TopupDecision, Wallet
from bot.money.requests import Proof, TopupRequest
from bot.money.topup import Wanted
from bot.people import customers
from tests.races import all_at_once
from tests.stored_shop import ALICE, BOB, BY, OLGA, Books, usd


async def asks(books: Books, amount: str = "5", customer: CustomerId = ALICE) -> int:
    await books.meets(customer)
    request, _fresh = await books.db.write(requests.ask_topup, customer, usd(amount))
    return request


async def load(books: Books, request: int) -> TopupRequest:
    return await books.db.read(requests.load_topup, request)


async def test_a_request_keeps_what_it_is_for_and_its_approval_offers_that(books: Books) -> None:
    service = await books.stocks()
    await books.meets(ALICE)
    wanted = Wanted(service.id, 3)
    request, _ = await books.db.write(requests.ask_topup, ALICE, usd("5"), wanted)
    await books.db.write(customers.remember_purchase, ALICE, service.id, 9)

    assert (await load(books, request)).wanted == wanted
    await books.db.write(decide.approve_topup, BY, request, 1)
    [(notice,)] = await books.sql(f"SELECT notice FROM outbox WHERE chat = {ALICE}")  # noqa: S608 - a number
    assert '"quantity":3' in notice


async def test_who_is_banned_asks_for_nothing(books: Books) -> None:
    await books.meets(ALICE)
    await books.db.write(customers.set_banned, BY, ALICE, banned=True)

    with pytest.raises(Banned):
        await books.db.write(requests.ask_topup, ALICE, usd("5"))


async def test_the_first_proof_is_told_and_a_later_one_stands_on_the_card(books: Books) -> None:
    request = await asks(books)
    for proof in (Proof("tx 1"), Proof("", "AgAC", "photo")):
        assert await books.db.write(requests.attach_proof, ALICE, request, proof)
        assert (await load(books, request)).proof == proof

    assert await books.told(OLGA) == ["a-topup", "a-topup"]
    kept = await books.sql("SELECT said FROM topup_requests")
    assert kept == [("",)]


async def test_a_proof_is_sealed_at_rest(books: Books) -> None:
    request = await asks(books)
    await books.db.write(requests.attach_proof, ALICE, request, Proof("card 1234" * 500))

    [(said,)] = await books.sql("SELECT said FROM topup_requests")
    assert "1234" not in said
    assert len((await load(books, request)).proof.said) == 1000


async def test_of_one_album_one_file_is_kept_however_many_come_at_once(books: Books) -> None:
    request = await asks(books)
    proofs = [Proof("", f"file{n}", "photo", "album") for n in range(5)]

    kept = await all_at_once(
        *(books.db.write(requests.attach_proof, ALICE, request, one) for one in proofs)
    )

    assert sorted(map(str, kept)) == ["False"] * 4 + ["True"]
    assert await books.told(OLGA) == ["a-topup", "a-topup"]


async def test_another_amount_is_another_version_and_the_old_one_is_not_given(
    books: Books,
) -> None:
    request = await asks(books)
    await books.db.write(requests.change_amount, ALICE, request, usd("5"))
    assert (await load(books, request)).version == 1
    with pytest.raises(NotInSteps):
        await books.db.write(requests.change_amount, ALICE, request, usd("0.005"))
    changed = await books.db.write(requests.change_amount, ALICE, request, usd("50"))

    assert (changed.amount, changed.version) == (usd("50"), 2)
    with pytest.raises(RequestChanged):
        await books.db.write(decide.approve_topup, BY, request, 1)
    assert (await load(books, request)).is_open
    await books.db.write(decide.approve_topup, BY, request, 2)
    assert await books.wallet() == Wallet(usd("50"), ZERO)


async def test_a_change_and_an_approval_at_once_give_what_was_read_or_nothing(
    books: Books,
) -> None:
    request = await asks(books)

    await all_at_once(
        books.db.write(requests.change_amount, ALICE, request, usd("500")),
        books.db.write(decide.approve_topup, BY, request, 1),
    )

    assert (await books.wallet()).free in {usd("5"), ZERO}
    assert await books.faults() == ()


async def test_a_withdrawal_and_an_approval_at_once_are_one_of_them(books: Books) -> None:
    request = await asks(books)

    outcomes = await all_at_once(
        books.db.write(requests.withdraw_topup, ALICE, request),
        books.db.write(decide.approve_topup, BY, request, 1),
    )

    assert sum(isinstance(one, TooLate) for one in outcomes) == 1
    decided = (await load(books, request)).decision
    granted = usd("5") if decided is TopupDecision.APPROVED else ZERO
    assert await books.wallet() == Wallet(granted, ZERO)


Deed = Callable[[Books, int], Awaitable[object]]
OF_A_CUSTOMER: dict[str, Callable[[Books, CustomerId, int], Awaitable[object]]] = {
    "change": lambda books, who, it: books.db.write(requests.change_amount, who, it, usd("6")),
    "prove": lambda books, who, it: books.db.write(requests.attach_proof, who, it, Proof("x")),
    "withdraw": lambda books, who, it: books.db.write(requests.withdraw_topup, who, it),
    "answer": lambda books, who, it: books.db.write(
        requests.answer_question, who, it, Proof("x"), "cmd:1"
    ),
}


@pytest.mark.parametrize("deed", OF_A_CUSTOMER)
async def test_a_request_is_its_customers_own_and_stays_as_it_was_decided(
    books: Books, deed: str
) -> None:
    request = await asks(books)
    await books.meets(BOB)
    with pytest.raises(NotYours):
        await OF_A_CUSTOMER[deed](books, BOB, request)
    await books.db.write(decide.deny_topup, BY, request)
    before = await books.sql("SELECT * FROM topup_requests")

    with pytest.raises(TooLate):
        await OF_A_CUSTOMER[deed](books, ALICE, request)
    assert await books.sql("SELECT * FROM topup_requests") == before


async def test_another_amount_is_given_and_both_stand_on_the_card(books: Books) -> None:
    request = await asks(books, "20")
    await books.db.write(decide.approve_topup, BY, request, 1, usd("12.50"))

    card = await books.db.read(load_request_card, request)
    assert (card.request.amount, card.change and card.change.amount) == (usd("20"), usd("12.50"))
    assert (card.request.decided_by, card.is_undone) == (str(OLGA), False)
    assert card.topups[0].amount == usd("12.50")
    assert await books.faults() == ()


async def test_a_question_and_an_answer_are_told_once_each(books: Books) -> None:
    request = await asks(books)
    ask = Act(OLGA, Role.OWNER, "cmd:1:2:3")
    for _ in range(2):
        await books.db.write(decide.ask_customer, ask, request, "Which bank?")
    for _ in range(2):
        answer = Proof("green", "AgAC", "photo")
        await books.db.write(requests.answer_question, ALICE, request, answer, "cmd:9")
    await books.db.write(requests.answer_question, ALICE, request, Proof("and red"), "cmd:10")

    letters = (await books.db.read(load_request_card, request)).letters
    assert [one.said for one in letters] == ["Which bank?", "green", "and red"]
    assert await books.told(ALICE) == ["topup-question"]
    assert await books.told(OLGA) == ["a-topup", "a-topup"]


async def test_the_queue_is_oldest_first_and_ends_are_the_nearest(books: Books) -> None:
    everybody = [CustomerId(600 + n) for n in range(3)]
    asked = [await asks(books, "5", who) for who in everybody]
    await books.db.write(decide.deny_topup, BY, asked[1])

    for place, at in ((0, 0), (1, 1), (7, 1)):
        queued = await books.db.read(find_queued_card, place)
        assert queued.card is not None
        assert (queued.place, queued.total) == (at, 2)
        assert queued.card.request.id == (asked[0], asked[2])[at]
    for one in (asked[0], asked[2]):
        await books.db.write(requests.withdraw_topup, (await load(books, one)).customer.id, one)
    assert (await books.db.read(find_queued_card, 0)).card is None


async def test_operators_are_reminded_once_by_one_of_all_processes(books: Books) -> None:
    await asks(books)
    decided = await asks(books, "6", BOB)
    await books.db.write(decide.deny_topup, BY, decided)
    books.wait(minutes=14)
    assert await books.db.write(requests.remind) == 0
    books.wait(minutes=1)
    other = await books.another()

    told = await all_at_once(*(one.db.write(requests.remind) for one in (books, other) * 3))
    assert sorted(map(str, told)) == ["0"] * 5 + ["1"]
    assert await books.told(OLGA) == ["a-topup"] * 3
    books.wait(days=1)
    assert await books.db.write(requests.remind) == 0


async def test_a_request_of_a_clock_that_was_ahead_is_reminded_of_all_the_same(
    books: Books,
) -> None:
    books.wait(days=1)
    await asks(books)
    books.wait(days=-1)

    assert await books.db.write(requests.remind) == 1
