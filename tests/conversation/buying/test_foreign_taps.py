"""Taps of others, from groups and of no sense: answered, and nothing is moved or shown."""

from bot.chat.desk.taps import (
    AttachId,
    Decide,
    DecideShared,
    Decision,
    OpenDesk,
    OpenDeskOrders,
    OpenHistory,
    OpenOrderDetails,
    OpenSuppliers,
    OpenUser,
    ResumeSupplier,
    SetBan,
)
from bot.chat.money.taps import (
    AgreeToCredit,
    AnswerQuestion,
    ApproveTopup,
    AskTopup,
    ChangeAmount,
    DenyTopup,
    GiveOtherAmount,
    OpenMyRequest,
    OpenRequest,
    OpenRequests,
    SendProof,
    ShowProof,
    UndoChange,
    WithdrawRequest,
)
from bot.chat.numbers.taps import RentNumber
from bot.chat.orders.taps import (
    CancelOrder,
    Confirm,
    OpenOrder,
    ReportProblem,
    ShowGoods,
    TakeQuantity,
)
from bot.orders.rules.moves import State
from sandbox.suppliers.timelines import completes
from tests.conversation.human import ALICE, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

GROUP = -1000000000042
FOREIGN = (
    Confirm(quote=1),
    AskTopup(quote=1),
    OpenOrder(order=1),
    OpenOrder(order=1, new=True),
    ShowGoods(order=1),
    ReportProblem(order=1),
    CancelOrder(order=1),
    OpenDesk(),
    OpenUser(customer=ALICE),
    SetBan(customer=ALICE, banned=True, sure=True),
    UndoChange(transfer=1, customer=ALICE, sure=True),
    OpenOrderDetails(order=1),
    OpenHistory(order=1),
    Decide(order=1, act=Decision.NOT_PLACED, attempt=1, sure=True),
    Decide(order=1, act=Decision.TAKE_OVER, attempt=1, sure=True),
    DecideShared(order=1, act=Decision.CANCEL, count=9, sure=True),
    AttachId(order=1, remote="5", attempt=1),
    OpenDeskOrders(),
    OpenSuppliers(),
    ResumeSupplier(place=0, ending="accplanet", sure=True),
    OpenRequests(),
    OpenRequest(request=1),
    ApproveTopup(request=1, version=1, sure=True),
    GiveOtherAmount(request=1, version=1, amount=1),
    DenyTopup(request=1),
    ShowProof(request=1),
    AgreeToCredit(approval=1),
    WithdrawRequest(request=1),
    OpenMyRequest(request=1),
    SendProof(request=1),
    ChangeAmount(request=1),
    AnswerQuestion(request=1),
)


async def test_somebody_elses_taps_show_nothing_and_move_nothing(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    shop.accplanet.plan(completes(1), ["ann:1", "ben:2", "cid:3"])
    await alice.buys()
    await shop.works()
    await shop.passes(seconds=3)
    await alice.sends("/wallet")
    await alice.taps("Top up")
    await alice.sends("7")
    await shop.works()
    before = await alice.wallet(), olga.chat, alice.chat
    for forged in FOREIGN:
        await boris.forges(forged.pack())
        await shop.works()

    boris.sees_nothing_of(
        "ann:1", "$0.36", "$9.64", "$7", "Alice", "accplanet", "Order #1", "Desk"
    )
    assert (await alice.wallet(), olga.chat, alice.chat) == before
    assert boris.person.unanswered == ()
    assert await shop.state() is State.COMPLETED
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_foreign_quote_cannot_be_bought_even_with_credit(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await olga.sends("/topup @boris 50")
    await alice.goes_to_confirm()
    await boris.forges(alice.button("Pay"))
    await shop.works()

    boris.sees("cannot find that")
    assert await alice.count_orders() == 0
    assert (await boris.wallet()).free == usd("50")
    assert shop.accplanet.adds_received == 0


@on_sqlite
async def test_a_group_sees_no_money_and_its_buttons_buy_nothing(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    confirm, card = alice.button("Pay"), alice.card.message_id
    alice.person.adds_bot_to_group(GROUP)
    alice.person.taps_raw(confirm, card, chat_id=GROUP)
    alice.person.taps_raw(confirm, 999_999, chat_id=GROUP)
    for text in ("/wallet@kiosk_demo_bot", "/orders@kiosk_demo_bot", "/start"):
        alice.person.sends_in_group(GROUP, text)
    await shop.hears()

    said = shop.telegram.chats[GROUP].bot_messages
    assert {message.text for message in said} == {"Kiosk is there for you in a private chat."}
    assert all(button.url for message in said for button in message.buttons)
    assert await alice.count_orders() == 0
    assert alice.person.unanswered == ()
    assert not shop.trouble()


@on_sqlite
async def test_operators_commands_do_nothing_in_a_group(
    shop: Shop, alice: Human, olga: Human
) -> None:
    olga.person.adds_bot_to_group(GROUP)
    olga.person.sends_in_group(GROUP, f"/topup@kiosk_demo_bot {ALICE} 5")
    await shop.hears()

    assert (await alice.wallet()).free == usd("10")


GARBAGE = (
    *("y", "y:", "y:abc", "y:-1", "y:99999999999999999999", "y:1:2", "y:2.5", "y: 2", "y:NaN"),
    *("q:1", "q:1:1:1:1", "q:1:-5:0", "q:0:0:0", "q:9223372036854775807:0:0", "t:1:0", "t:1"),
    *("k:1:0:z", "k:77:0:p", "k:1:999999999:p", "s:1:999999999:0", "s:12345:0:0", "c:999:0"),
    *("m:xx", "m:", "b:zz", "o:-1:0:0", "o:1000000000:1:0", "i:0:0", "g:", "x:1", "p:x"),
    *("🎉", "\x00", "a" * 64, ":", "::::", "y:١", "d", "do:1", "dh", "' OR 1=1 --", "null"),
)


@on_sqlite
async def test_garbage_in_a_tap_is_answered_and_does_nothing(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    card = alice.card.message_id
    for forged in GARBAGE:
        await alice.forges(forged, card)
    await shop.works()

    assert alice.person.unanswered == ()
    alice.sees_nothing_of("something went wrong", "Order #")
    assert await alice.count_orders() == 0
    assert (await alice.wallet()).free == usd("10")
    assert not shop.trouble()


BEYOND = "99999999999999999999"
BEYOND_THE_BOOKS = (
    *(f"du:{BEYOND}", f"do:{BEYOND}", f"df:{BEYOND}", f"dt:{BEYOND}", f"dn:{BEYOND}"),
    *(f"dv:{BEYOND}", f"db:{BEYOND}:1:0", f"db:{BEYOND}:1:1", f"dr:1:{BEYOND}:0"),
    *(f"dr:{BEYOND}:{ALICE}:1", f"dx:{BEYOND}:5:1", f"dx:1:5:{BEYOND}", f"dc:{BEYOND}:1"),
    *(f"da:{BEYOND}:n:1:0:1", f"da:1:n:{BEYOND}:0:1", f"da:1:p:1:{BEYOND}:0"),
    *(f"dl::{BEYOND}", f"dl:all:{BEYOND}", f"dg:{BEYOND}:accplanet:1", f"dz:{BEYOND}:1"),
    *("du:-1", "do:-1", "da:1:p:1:-1:1", "dl:all:-1", "dg:-1:accplanet:1", "dc:-1:1"),
)


@on_sqlite
async def test_what_no_database_can_hold_is_no_tap_of_an_operator(
    shop: Shop, alice: Human, olga: Human
) -> None:
    for forged in BEYOND_THE_BOOKS:
        await olga.forges(forged)
        assert olga.toast == "This button is out of date.", forged
        olga.sees_last("Welcome to")
    await shop.works()

    assert olga.person.unanswered == ()
    assert (await alice.wallet()).free == usd("10")
    assert not shop.trouble()


@on_sqlite
async def test_a_number_cannot_be_rented_of_a_service_that_has_none(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    await alice.taps("Back")
    service = TakeQuantity.unpack(alice.button("Continue")).service
    for quantity in (3, 0, 11):
        await alice.forges(RentNumber(service=service, quantity=quantity).pack())
        alice.sees_last("Aged account", "In stock: 100", "Two years")
        assert not alice.card.find_button("Pay")
    await alice.sends("3")
    alice.sees_last("Nothing found for “3”.")
