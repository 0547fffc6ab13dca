"""Credit by hand: given, undone, taken."""

import pytest

from bot.money.ledger import Wallet
from tests.conversation.human import BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd


@pytest.mark.parametrize(("command", "who"), [("topup", str(BORIS)), ("credit", "@BORIS")])
@on_sqlite
async def test_credit_is_given_by_id_and_by_name(
    shop: Shop, boris: Human, olga: Human, command: str, who: str
) -> None:
    await olga.sends(f"/{command} {who} 12.5 thank you")
    await shop.works()

    olga.sees_last("$12.50 of credit given.", "Boris", "$0.00 → $12.50", "The customer is told.")
    boris.sees_last("$12.50 was added to your balance.", "Balance: $12.50", "Note: thank you")
    assert (await boris.wallet()).free == usd("12.5")
    assert await shop.proof() == ()


AMOUNTS = {
    "7": "7",
    "0.01": "0.01",
    "12,50": "12.5",
    "١٢٫٥": "12.5",
    "۳": "3",
    "３.5": "3.5",
    "1,000": "1000",
    "1,234,567.50": "1234567.5",
    "0,12": "0.12",
    "$12": "12",
    "12usd": "12",
    "12 USD": "12",
    "$1,000 for the party": "1000",
}
NOT_AMOUNTS = (
    *(
        "",
        "0",
        "0.00",
        "-5",
        "+5",
        "5.1234567",
        "1e3",
        "1 000 000",
        "five",
        "€5",
        "5 EUR",
        "5 eur",
        "$-5",
        "$",
        "NaN",
        "Infinity",
    ),
    *("1'000", "1٬000", "1.000.000"),
    *("1_000", "0x10", "9" * 30, "½", "5-", "<b>5</b>", "\u202e5\u0000"),
)


@on_sqlite
async def test_amounts_are_read_in_many_scripts(shop: Shop, boris: Human, olga: Human) -> None:
    total = usd("0")
    for typed, amount in AMOUNTS.items():
        await olga.sends(f"/topup @boris {typed}")
        if usd(amount) > usd("500"):
            await olga.taps("Give $")
        total += usd(amount)
        assert (await boris.wallet()).free == total
    assert await shop.proof() == ()


@on_sqlite
async def test_what_nothing_could_cost_is_neither_given_nor_taken_nor_asked_for(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await olga.sends("/topup @boris 2")
    for command in ("/topup @boris 0.005", "/debit @boris 0.1234"):
        await olga.sends(command)
        olga.sees_last("No money moved.", "steps of $0.01")
    await boris.sends("/wallet")
    await boris.taps("Top up")
    await boris.sends("1.2345")
    boris.sees_last("No money moved.", "steps of $0.01")
    await boris.sends("1.23")
    boris.sees_last("$1.23")
    assert (await boris.wallet()).free == usd("2")


@on_sqlite
async def test_a_customers_id_is_read_in_many_scripts(
    shop: Shop, alice: Human, olga: Human
) -> None:
    for who in ("١١", "۱۱", "１１", "1१"):
        await olga.sends(f"/user {who}")
        olga.sees_last("11 · @alice · “Alice”")
        await olga.sends(f"/topup {who} ٣")
        olga.sees_last("$3.00 of credit given.", "Alice")
        await olga.sends(f"/debit {who} 3")
        olga.sees_last("$3.00 of credit taken back.", "Alice")
    for who in ("¹¹", "①①", "٩" * 25):
        await olga.sends(f"/user {who}")
        olga.sees_last("I do not know this person.")
    assert (await alice.wallet()).free == usd("10")
    assert not shop.trouble()


@pytest.mark.parametrize("command", ["topup", "debit"])
@on_sqlite
async def test_what_is_no_amount_changes_nothing_and_says_how_to_write_it(
    shop: Shop, alice: Human, olga: Human, command: str
) -> None:
    for typed in NOT_AMOUNTS:
        await olga.sends(f"/{command} @alice {typed}")
        olga.sees_last("Nothing was changed.", f"/{command} <id|@username> <amount> [note]")
    await olga.sends(f"/{command}")
    olga.sees_last("Nothing was changed.", "The amount is above 0 and has at most 6 decimals.")
    assert (await alice.wallet()).free == usd("10")
    assert not shop.trouble()


@pytest.mark.parametrize("command", ["topup", "debit"])
@on_sqlite
async def test_an_unknown_person_gets_nothing(shop: Shop, olga: Human, command: str) -> None:
    for who in ("555", "@nobody", "-1", "9" * 25, "@", "alice@example.com", "٥"):
        await olga.sends(f"/{command} {who} 5")
        olga.sees_last("Nothing was changed: I do not know this person.")
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_long_note_is_cut_and_an_ugly_one_shown_as_it_is(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/topup @alice 1 <b>bold</b> {amount} \u202e drow " + "x" * 3000)
    await shop.works()
    alice.sees_last("Note: <b>bold</b> {amount}")
    await alice.sends("/wallet")
    assert not shop.trouble()


@on_sqlite
async def test_an_amount_and_a_note_that_begins_with_digits_are_told_apart(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await olga.sends("/topup @boris 5 12 pieces of cake")
    await olga.sends("/topup @boris 5 2026-11-27")
    await shop.works()
    boris.sees("Note: 12 pieces of cake", "Note: 2026-11-27")

    assert (await boris.wallet()).free == usd("10")


@on_sqlite
async def test_credit_beyond_what_can_be_kept_is_refused_in_words(
    shop: Shop, boris: Human, olga: Human
) -> None:
    for _ in range(12):
        await olga.sends("/topup @boris 999999999999.99")
        await olga.taps("Give $999,999,999,999.99")
    olga.sees_last("/topup")

    assert (await boris.wallet()).free.micros == 9 * (10**18 - 10**4)
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_words_of_others_move_no_credit(shop: Shop, alice: Human, olga: Human) -> None:
    before = await alice.wallet()
    for act in (
        lambda who: who.sends_via("calculator_bot", f"/topup {alice.id} 20"),
        lambda who: who.forwards(f"/topup {alice.id} 20"),
        lambda who: who.sends(f"/topup@other_bot {alice.id} 20"),
    ):
        await olga.does(act)

    assert await alice.wallet() == before


async def test_credit_is_undone_once_with_a_second_tap(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/topup @alice 5")
    await olga.taps("Undo")
    olga.sees_last("Undo this change of credit?", "$5.00 is taken back from the customer.")
    assert (await alice.wallet()).free == usd("15")
    sure, card = olga.button("Undo"), olga.card.message_id
    for _ in range(10):
        olga.person.taps_raw(sure, card)
    await shop.hears()
    await shop.works()

    assert (await alice.wallet()).free == usd("10")
    assert alice.chat.count("A correction: $5.00 that was added by mistake was taken back.") == 1
    alice.sees_nothing_of("If you do not know why")
    await olga.forges(sure, card)
    olga.sees_last("Nothing was changed now: this has been undone before.")
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_credit_that_was_spent_cannot_be_undone(
    shop: Shop, alice: Human, olga: Human
) -> None:
    undo = olga.card  # the card of the ten dollars that Alice has
    await alice.buys()
    await olga.taps("Undo", undo.message_id)
    await olga.taps("Undo")

    olga.sees_last("Nothing was taken: the customer has $9.64 of free credit", "$10.00 was wanted")
    assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0.36"))
    assert await shop.proof() == ()


async def test_a_debit_takes_what_is_free_and_never_more(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.buys()
    await olga.sends("/debit @alice 9.65")
    olga.sees_last("Nothing was taken: the customer has $9.64 of free credit")
    await olga.sends("/debit @alice 9.64 chargeback")
    olga.sees_last("$9.64 of credit taken back.", "$9.64 → $0.00")
    await shop.works()

    alice.sees("The shop took $9.64 from your balance.", "Note: chargeback")
    assert await alice.wallet() == Wallet(free=usd("0"), held=usd("0.36"))
    await olga.taps("Undo")
    olga.sees_last("$9.64 goes back to the customer.")
    await olga.taps("Undo")
    await shop.works()
    alice.sees_last("A correction: $9.64 that was taken by mistake is back in your balance.")
    assert (await alice.wallet()).free == usd("9.64")
    assert await shop.proof() == ()
