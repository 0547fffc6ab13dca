"""What deciding about a parked order promises."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.errors import NotSent, RefusalKind, Refused
from bot.domain.ids import RemoteId
from bot.domain.order import State
from tests.chat_desk.conftest import World
from tests.chat_desk.telegram import Reader
from tests.chat_desk.world import an_order, in_attention, in_doubt

DOUBT = [
    ("Not placed: refund", "Yes: not placed, refund", "not_placed by 77", State.FAILED),
    ("Send again", "Yes: send again", "send again by 77", State.QUEUED),
    ("Write off", "Yes: write off", "written_off by 77", State.FAILED),
]
ATTENTION = [
    ("Complete", "Yes: complete", "end 3 by 77", State.COMPLETED),
    ("Cancel: refund all", "Yes: cancel and refund", "end 0 by 77", State.CANCELED),
    ("Keep asking", "Yes: keep asking", "keep asking by 77", State.ACTIVE),
]


async def test_a_card_in_doubt_shows_the_evidence(olga_types: Reader) -> None:
    await olga_types.types("/order 12")
    for words in ("in doubt", "100 USD", "97.6 USD", "fell by 2.4 USD", "$2.40", "timeout"):
        assert words in olga_types.sees.text


@pytest.mark.parametrize("case", DOUBT)
async def test_a_decision_in_doubt_takes_a_second_tap_and_works_once(
    olga_types: Reader, world: World, case: tuple[str, str, str, State]
) -> None:
    label, yes, act, state = case
    await olga_types.types("/order 12")
    await olga_types.taps(label)
    assert world.parked.acts == []
    assert "$3.00" in olga_types.sees.text
    stale = olga_types.sees.callback(yes)

    await olga_types.taps(yes)
    assert world.parked.acts == [act]
    assert world.parked.dossier_now.order.state is state
    assert "✅ Done" in olga_types.sees.text

    await olga_types.sends_tap(stale)
    assert world.parked.acts == [act]
    assert "This is how it stands now" in olga_types.sees.text


@pytest.mark.parametrize("case", ATTENTION)
async def test_a_decision_in_attention_takes_a_second_tap(
    olga_types: Reader, world: World, case: tuple[str, str, str, State]
) -> None:
    label, yes, act, state = case
    world.parked.dossier_now = in_attention()
    await olga_types.types("/order 12")
    await olga_types.taps(label)
    await olga_types.taps(yes)
    assert world.parked.acts == [act]
    assert world.parked.dossier_now.order.state is state


async def test_a_tap_from_an_earlier_doubt_decides_nothing_about_the_next(
    olga_types: Reader, world: World
) -> None:
    await olga_types.types("/order 12")
    await olga_types.taps("Send again")
    stale = olga_types.sees.callback("Yes: send again")
    await olga_types.taps("Yes: send again")
    world.parked.is_in_doubt_again()

    await olga_types.sends_tap(stale)
    assert world.parked.acts == ["send again by 77"]
    assert world.parked.dossier_now.order.state is State.IN_DOUBT


async def test_an_id_is_typed_shown_back_and_attached(olga_types: Reader, world: World) -> None:
    await olga_types.types("/order 12")
    await olga_types.taps("Attach id")
    await olga_types.types("998877")
    assert world.parked.acts == []
    assert "998877" in olga_types.sees.text

    await olga_types.taps("Yes: attach this id")
    assert world.parked.acts == ["attach 998877 by 77"]
    assert "order 998877 there" in olga_types.sees.text


async def test_an_id_that_cannot_be_one_keeps_the_step_open(
    olga_types: Reader, world: World
) -> None:
    await olga_types.types("/order 12")
    await olga_types.taps("Attach id")
    await olga_types.types("no such: id")
    assert "cannot be an order number" in olga_types.sees.text
    await olga_types.types("998877")
    assert "Yes: attach this id" in olga_types.sees.labels


async def test_a_command_ends_what_was_to_be_typed(olga_types: Reader, world: World) -> None:
    await olga_types.types("/order 12")
    await olga_types.taps("Attach id")
    await olga_types.types("/desk")
    await olga_types.types("998877")
    assert world.lost == ["998877"]


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (Refused("Order not found", RefusalKind.NO_SUCH_ORDER), "does not know this number"),
        (NotSent(), "cannot be asked now"),
    ],
)
async def test_an_id_that_the_supplier_does_not_confirm_changes_nothing(
    olga_types: Reader, world: World, refusal: Refused | NotSent, words: str
) -> None:
    world.supplier.refuses = refusal
    await olga_types.types("/order 12")
    await olga_types.taps("Attach id")
    await olga_types.types("5")
    await olga_types.taps("Yes: attach this id")
    assert world.parked.acts == []
    assert words in olga_types.sees.text


async def test_an_id_of_another_order_is_not_attached(olga_types: Reader, world: World) -> None:
    world.parked.taken = {RemoteId("5")}
    await olga_types.types("/order 12")
    await olga_types.taps("Attach id")
    await olga_types.types("5")
    await olga_types.taps("Yes: attach this id")
    assert "another order has this number" in olga_types.sees.text


async def test_a_partial_end_shows_the_split_before_it_is_made(
    olga_types: Reader, world: World
) -> None:
    world.parked.dossier_now = in_attention()
    await olga_types.types("/order 12")
    await olga_types.taps("Partial")
    for wrong in ("0", "3", "many"):
        await olga_types.types(wrong)
        assert "from 1 to 2" in olga_types.sees.text
    await olga_types.types("٢")
    assert "$2.00 is paid and $1.00 goes back" in olga_types.sees.text

    await olga_types.taps("Yes: partial")
    assert world.parked.acts == ["end 2 by 77"]


async def test_only_parked_orders_can_be_decided_about(olga_types: Reader, world: World) -> None:
    await olga_types.types("/order 12")
    tap = olga_types.sees.callback("Write off")
    for state in set(State) - {State.IN_DOUBT, State.ATTENTION}:
        world.parked.dossier_now = replace(in_doubt(), order=an_order(state))
        await olga_types.sends_tap(tap)
        assert "This is how it stands now" in olga_types.sees.text
        assert "Write off" not in olga_types.sees.labels


async def test_the_whole_history_is_a_file(olga_types: Reader) -> None:
    await olga_types.types("/order 12")
    await olga_types.taps("📄 Full history")
    assert olga_types.session.last.name == "order-12-history.txt"
    assert b"answer lost" in olga_types.session.last.file
