"""Confirm is where everybody waits: a purchase asks the database no more often than it has to."""

from datetime import timedelta

from bot.orders import place
from bot.orders.place import Purchase
from bot.orders.quote import QuoteDraft, create_quote, load_quote
from tests.counted import statements_of
from tests.stored_shop import ALICE, Books, usd


async def _draft(books: Books) -> QuoteDraft:
    return QuoteDraft(
        customer=ALICE,
        service=await books.stocks(),
        quantity=2,
        link="https://example.com/a",
        unit_price=usd("0.5"),
        unit=1,
        total=usd("1"),
        cost=usd("0.8"),
        created_at=books.now,
        expires_at=books.now + timedelta(minutes=10),
    )


async def test_a_quote_takes_one_statement(rich: Books) -> None:
    draft = await _draft(rich)

    assert await rich.db.write_once(statements_of, create_quote, draft) == ["INSERT"]


async def test_a_new_quote_shows_what_it_shows_when_it_is_looked_at_again(rich: Books) -> None:
    made = await rich.db.write(create_quote, await _draft(rich))

    assert made == await rich.db.read(load_quote, ALICE, made.id)


async def test_a_purchase_takes_seven_statements_in_a_file_and_four_to_a_server(
    rich: Books,
) -> None:
    quote = await rich.quote()

    sent = await rich.db.write(statements_of, place.place, Purchase(ALICE, quote, card=1))

    locks_and_counts, both_accounts = "SELECT", "SELECT"
    order, line, hold, transfer = ["INSERT"] * 4
    assert sent in (
        [locks_and_counts, order, line, "UPDATE", both_accounts, hold, transfer],
        [locks_and_counts, "WITH", both_accounts, transfer],
    )
    assert len(sent) == (7 if rich.db.is_alone else 4)
