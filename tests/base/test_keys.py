"""Keys that stand in the books of shops are made in the same way for ever."""

from datetime import UTC, datetime

from bot.base import keys, topics
from bot.base.ids import OrderId, ServiceId, SupplierName, TransferId

ORDER, SUPPLIER = OrderId(7), SupplierName("accplanet")


def test_the_key_of_a_request_is_another_one_after_a_restore() -> None:
    assert keys.topup_key(5) == "topup:5"
    assert keys.topup_key(5, 3) == "topup:5:restored:3"


def test_deeds_are_told_apart_by_what_they_are_done_to() -> None:
    made = [
        keys.hold_key(ORDER),
        keys.capture_key(ORDER),
        keys.release_key(ORDER),
        keys.reverse_key(TransferId(7)),
        keys.request_key(7),
        keys.message_key(1, 2, 3),
    ]
    assert made == ["hold:7", "cap:7", "rel:7", "rev:7", "req:7", "cmd:1:2:3"]


def test_a_message_is_found_beside_another_of_its_chat() -> None:
    assert keys.message_of(keys.message_key(1, 2, 3)) == 3
    assert keys.message_of("") == 0
    assert keys.beside_key(keys.message_key(1, 2, 9), 3) == keys.message_key(1, 2, 3)


def test_messages_are_told_apart_by_their_order_and_what_makes_them_new() -> None:
    at = datetime(2026, 3, 1, 12, 0, 0, 250, tzinfo=UTC)
    made = [
        keys.card_key(ORDER),
        keys.delivery_key("goods", ORDER, 2),
        keys.ended_key(ORDER),
        keys.waits_key(ORDER),
        keys.doubt_key(ORDER, 3, at),
        keys.restored_doubt_key(ORDER, 4),
        keys.attention_key(ORDER, at),
        keys.operators_key("ended:7"),
        keys.oddity_key("surplus", ORDER),
        keys.oddity_key("late-code", ORDER, 2),
        keys.undeliverable_key(5),
    ]
    assert made == [
        "card:7",
        "goods:7:2",
        "ended:7",
        "waits:7",
        "doubt:7:3:1772366400000250",
        "doubt:7:restored:4",
        "attention:7:1772366400",
        "a-ended:7",
        "surplus:7",
        "late-code:7:2",
        "undeliverable:5",
    ]


def test_messages_about_money_are_told_apart_by_the_transfer() -> None:
    transfer = TransferId(7)
    made = [
        keys.credited_key(transfer),
        keys.debited_key(transfer),
        keys.undone_key(transfer),
        keys.topup_denied_key(5),
        keys.restored_key(3),
    ]
    assert made == ["credited:7", "debited:7", "undone:7", "topup-denied:5", "restored:3"]


def test_an_alert_is_told_anew_each_time_its_cause_begins_or_ends() -> None:
    assert keys.alert_key("stuck:7", 2, on=True) == "alert:stuck:7:2:on"
    assert keys.alert_key("stuck:7", 2, on=False) == "alert:stuck:7:2:off"


def test_causes_and_topics_name_what_they_are_about() -> None:
    made = [
        keys.supplier_cause("down", SUPPLIER),
        keys.charge_cause(ServiceId(3)),
        keys.stuck_cause(ORDER),
        keys.spelling_cause(SUPPLIER, "odd"),
        topics.submit_topic(SUPPLIER),
        topics.poll_topic(SUPPLIER),
        topics.numbers_topic(SUPPLIER),
    ]
    assert made == [
        "down:accplanet",
        "charge:3",
        "stuck:7",
        "status:accplanet:odd",
        "submit:accplanet",
        "poll:accplanet",
        "numbers:accplanet",
    ]
