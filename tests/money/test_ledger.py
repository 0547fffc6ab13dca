"""Each transfer takes from one account, gives to another, and can be made once."""

from bot.base.ids import CustomerId, OrderId
from bot.base.money import Money
from bot.money.ledger import (
    MANUAL,
    SALES,
    Transfer,
    TransferKind,
    capture,
    customer_account,
    debit,
    hold,
    hold_account,
    release,
    topup,
)

ALICE, ORDER, SUM = CustomerId(501), OrderId(7), Money(900_000)
ALICES, HELD = customer_account(ALICE), hold_account(ORDER)


def test_every_customer_and_every_order_has_an_account_of_its_own() -> None:
    assert (ALICES, HELD) == ("customer:501", "hold:7")
    assert (SALES, MANUAL) == ("sales", "world:manual")


def test_an_operators_credit_comes_from_outside_and_goes_back_there() -> None:
    kinds = TransferKind.TOPUP, TransferKind.DEBIT
    given = Transfer(MANUAL, ALICES, SUM, kinds[0], "tm:1", actor="olga", reason="cash")
    taken = Transfer(ALICES, MANUAL, SUM, kinds[1], "tm:2", actor="olga", reason="back")

    assert topup(ALICE, SUM, "tm:1", "olga", "cash") == given
    assert debit(ALICE, SUM, "tm:2", "olga", "back") == taken


def test_an_orders_money_is_set_aside_then_earned_or_given_back() -> None:
    assert hold(ALICE, ORDER, SUM) == Transfer(
        ALICES, HELD, SUM, TransferKind.HOLD, "hold:7", ORDER
    )
    assert capture(ORDER, SUM, "olga") == Transfer(
        HELD, SALES, SUM, TransferKind.CAPTURE, "cap:7", ORDER, "olga"
    )
    assert release(ALICE, ORDER, SUM, "olga") == Transfer(
        HELD, ALICES, SUM, TransferKind.RELEASE, "rel:7", ORDER, "olga"
    )


def test_what_the_machine_moves_bears_nobodys_name() -> None:
    assert capture(ORDER, SUM).actor == release(ALICE, ORDER, SUM).actor == ""
