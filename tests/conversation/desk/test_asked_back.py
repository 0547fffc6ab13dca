"""Credit that is not beyond doubt is asked back: much of it, to whom, and by whom."""

import pytest

from sandbox.telegram.faults import ServerError
from tests.conversation.human import OLGA, OTTO, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd


@on_sqlite
async def test_a_name_that_changed_hands_is_asked_back_and_gives_nobody_credit(
    shop: Shop, boris: Human, olga: Human
) -> None:
    boris.person.username = "boris_renamed"
    await olga.sends("/topup @boris 20")
    olga.sees_last("Telegram does not confirm", "Do you mean 12 · @boris · “Boris”?")
    assert (await boris.wallet()).free == usd("0")
    await olga.taps("No, move nothing")
    olga.sees_last("Nothing was changed.")
    await olga.sends("/debit @boris 1")
    olga.sees_last("Telegram does not confirm")
    boris.person.username = "boris"
    shop.telegram.faults.next("getChat", ServerError())
    await olga.sends("/topup boris 20")
    olga.sees_last("Telegram does not confirm")
    assert (await boris.wallet()).free == usd("0")
    await olga.taps("Give $20.00")
    olga.sees_last("$20.00 of credit given.", "12 · @boris")

    await olga.sends("/topup BORIS 20")
    assert (await boris.wallet()).free == usd("40")


@pytest.mark.parametrize("command", ["topup", "debit"])
@on_sqlite
async def test_much_is_asked_back_and_moved_once(
    shop: Shop, boris: Human, olga: Human, command: str
) -> None:
    await olga.sends("/topup @boris 500")
    await olga.sends("/topup @boris 100")
    await olga.sends(f"/{command} @boris 500.01 a lot")
    does = "Give" if command == "topup" else "Take"
    olga.sees_last("That is more than usual", "Do you mean 12 · @boris · “Boris”?")
    assert olga.card.labels[0] == (f"✅ {does} $500.01 · a lot",)
    assert (await boris.wallet()).free == usd("600")
    tap, card = olga.button(does), olga.card.message_id
    for _ in range(3):
        olga.person.taps_raw(tap, card)
    await shop.hears()

    left = "1100.01" if command == "topup" else "99.99"
    assert (await boris.wallet()).free == usd(left)
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_bot_and_a_stranger_have_one_clear_answer(shop: Shop, olga: Human) -> None:
    for who in ("42", "777", "@kiosk_demo_bot"):
        await olga.sends(f"/topup {who} 5")
        olga.sees_last("Nothing was changed: I do not know this person.")
    assert await shop.proof() == ()


@on_sqlite
async def test_only_an_owner_gives_credit_to_themself(shop: Shop, olga: Human) -> None:
    otto = person(shop, OTTO, "Otto")
    await otto.sends("/start")
    await olga.sends(f"/role {OTTO} cashier")
    await olga.taps("Yes, change the role")
    await olga.sends(f"/topup {OLGA} 5")
    olga.sees_last("$5.00 of credit given.")
    await otto.sends(f"/topup {OTTO} 5")
    otto.sees_last("No money moved. Only an owner may give credit to themself")
    await otto.sends("/wallet")
    await otto.taps("Top up")
    await otto.sends("5")
    await shop.works()
    await otto.sends("/requests")
    await otto.taps("Approve")
    otto.sees_last("Only an owner may give credit to themself", "Request for a top-up of $5.00")
    assert (await otto.wallet()).free == usd("0")
    await olga.sends("/requests")
    await olga.taps("Approve")
    assert (await otto.wallet()).free == usd("5")
    assert not shop.trouble()
