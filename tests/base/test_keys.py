"""Keys that stand in the books of shops are made in the same way for ever."""

from bot.base import keys
from bot.base.ids import OrderId, SupplierName, TransferId

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
