"""A claim is one at a time, heard by operators, and closed once, however it ends."""

from datetime import timedelta

import pytest

from bot.base.errors import NotYours, TooLate
from bot.orders.claims import answer, report
from bot.orders.claims.report import ClaimDraft
from bot.orders.claims.rows import NO_FILE, File
from bot.orders.rules.claims import ClaimReason, ClaimState, Units
from bot.people.letters import list_letters
from bot.safety.purge import Purge
from tests.orders.claims.claiming import came, claim_of, claims
from tests.stored_shop import ALICE, BOB, OLGA, Books


async def test_a_claim_is_open_once_and_every_operator_hears_of_it(rich: Books) -> None:
    order = await came(rich)
    before = len(await rich.told(OLGA))
    picture = File("AgAC", "photo")
    draft = ClaimDraft(order, ClaimReason.WRONG_ITEM, Units.read("1,3"), "not mine", picture)

    claim, fresh = await rich.db.write(report.make_claim, ALICE, draft)
    again, is_fresh = await rich.db.write(report.make_claim, ALICE, draft)

    assert (fresh, is_fresh, again) == (True, False, claim)
    assert (await rich.told(OLGA))[before:] == ["a-claim"]
    shown = (await rich.order(order)).claim
    assert shown is not None
    assert (shown.state, shown.reason, str(shown.pieces)) == (
        ClaimState.OPEN, ClaimReason.WRONG_ITEM, "1,3",
    )  # fmt: skip
    row = await claim_of(rich, claim)
    assert "not mine" not in row.said
    assert rich.db.settings.unseal(row.said) == "not mine"


async def test_the_database_itself_keeps_a_second_open_claim_away(rich: Books) -> None:
    order = await came(rich)
    await claims(rich, order)

    with pytest.raises(Exception, match=r"(?i)unique"):
        await rich.sql(
            f"INSERT INTO claims (order_id, customer, reason, at) VALUES ({order}, 501, '', 1)"  # noqa: S608 - numbers
        )


async def test_nobody_claims_or_touches_what_is_somebody_elses(rich: Books) -> None:
    order = await came(rich)
    await rich.meets(BOB)
    claim = await claims(rich, order)

    with pytest.raises(NotYours):
        await claims(rich, order, customer=BOB)
    with pytest.raises(NotYours):
        await rich.db.write(report.withdraw_claim, BOB, claim)
    with pytest.raises(NotYours):
        await rich.db.write(report.add_to_claim, BOB, claim, "me too", NO_FILE)


async def test_pieces_that_the_order_does_not_have_are_left_out(rich: Books) -> None:
    order = await came(rich)

    claim = await claims(rich, order, "2-9")

    assert (await claim_of(rich, claim)).pieces == "2-3"


async def test_a_claim_of_an_order_whose_goods_are_purged_can_still_be_made(rich: Books) -> None:
    order = await came(rich)
    await rich.sql("UPDATE outbox SET state = 'sent'")
    rich.wait(days=100)
    await Purge(rich.db, timedelta(days=90))()

    claim = await claims(rich, order)

    assert (await claim_of(rich, claim)).state is ClaimState.OPEN
    assert not (await rich.order(order)).goods_kept


async def test_goods_are_kept_while_they_are_claimed_and_words_forgotten_long_after(
    rich: Books,
) -> None:
    order = await came(rich)
    await rich.sql("UPDATE outbox SET state = 'sent'")
    claim = await claims(rich, order)
    await rich.db.write(answer.answer_claim, rich.act(), claim, "Try it now", NO_FILE)
    rich.wait(days=100)
    await Purge(rich.db, timedelta(days=90))()
    assert (await rich.order(order)).goods_kept

    await rich.db.write(answer.solve_claim, rich.act(), claim)
    await Purge(rich.db, timedelta(days=90))()
    assert not (await rich.order(order)).goods_kept
    assert (await claim_of(rich, claim)).said
    rich.wait(days=91)
    await Purge(rich.db, timedelta(days=90))()
    assert (await claim_of(rich, claim)).said == ""
    assert await rich.db.read(list_letters, f"claim:{claim}") == ()


async def test_letters_go_both_ways_and_each_message_once(rich: Books) -> None:
    claim = await claims(rich, await came(rich))
    act = rich.act()

    letter = await rich.db.write(answer.answer_claim, act, claim, "Try it now", NO_FILE)
    again = await rich.db.write(answer.answer_claim, act, claim, "Try it now", NO_FILE)
    for key in ("m1", "m1", "m2"):
        await rich.db.write(report.add_to_claim, ALICE, claim, "Still no", NO_FILE, key)

    assert letter == again
    found = await rich.db.read(list_letters, f"claim:{claim}")
    assert [(one.sender, one.said) for one in found] == [
        (str(OLGA), "Try it now"), ("", "Still no"), ("", "Still no"),
    ]  # fmt: skip
    assert (await rich.told(ALICE)).count("claim-answered") == 1
    assert (await rich.told(OLGA)).count("a-claim") == 3


async def test_a_claim_is_closed_once_and_nothing_is_added_to_it_then(rich: Books) -> None:
    order = await came(rich)
    claim = await claims(rich, order)
    await rich.db.write(answer.solve_claim, rich.act(), claim, "A new password is in the chat")

    for late in (
        rich.db.write(answer.solve_claim, rich.act(), claim),
        rich.db.write(answer.answer_claim, rich.act(), claim, "hm", NO_FILE),
        rich.db.write(report.withdraw_claim, ALICE, claim),
        rich.db.write(report.add_to_claim, ALICE, claim, "hm", NO_FILE),
    ):
        with pytest.raises(TooLate):
            await late
    assert (await claim_of(rich, claim)).state is ClaimState.SOLVED
    assert (await rich.told(ALICE)).count("claim-closed") == 1

    assert await claims(rich, order) != claim


async def test_a_withdrawn_claim_is_no_longer_decided_about(rich: Books) -> None:
    claim = await claims(rich, await came(rich))

    await rich.db.write(report.withdraw_claim, ALICE, claim)

    row = await claim_of(rich, claim)
    assert (row.state, row.closed_by) == (ClaimState.WITHDRAWN, str(ALICE))
    with pytest.raises(TooLate):
        await rich.db.write(answer.solve_claim, rich.act(), claim)
