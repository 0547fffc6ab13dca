"""The shop's figures in the chat: any days, in words and as a picture, on one card."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.chat.pictures import draw
from bot.db.tx import Tx
from sandbox.telegram.pictures import find_size
from tests.conversation.desk.test_roles import becomes
from tests.conversation.human import BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


async def sells(shop: Shop, alice: Human) -> None:
    """Alice buys three accounts and has them."""
    await alice.buys(quantity="3")
    await shop.works()
    await shop.passes(seconds=30)


async def test_a_week_is_a_picture_with_its_figures_in_words(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await sells(shop, alice)
    await olga.sends("/stats")

    olga.sees_last(
        "Feb 23\u2009–\u2009Mar 1, 2026", "Orders: 1", "Revenue: $", "Cost: $", "Margin: $"
    )
    olga.sees_last("Top services", "Aged account", "Delivered: half within", "Failed: 0 of 1")
    photo = olga.card.photo
    assert photo is not None
    size = find_size(photo.content)
    assert size is not None
    assert size[0] == 900
    for label in ("Day", "✓ Week", "Month", "◀", "Other days", "By supplier and service"):
        assert olga.card.find_button(label) is not None, olga.card.labels
    assert olga.card.find_button("▶") is None
    assert not shop.trouble()


async def test_other_days_are_shown_on_the_same_card(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await sells(shop, alice)
    await shop.leaps(1, days=2)
    await olga.sends("/stats month")
    card = olga.card.message_id
    olga.sees_last("Orders: 1")
    await olga.taps("Week")
    olga.sees_last("Feb 25\u2009–\u2009Mar 3, 2026", "Orders: 1")
    await olga.taps("Day")
    olga.sees_last("Mar 3, 2026", "No orders in these days.")
    assert olga.card.photo is None or olga.card.message_id != card
    await olga.taps("◀")
    await olga.taps("◀")
    olga.sees_last("Mar 1, 2026", "Orders: 1")
    assert olga.card.photo is not None
    await olga.taps("▶")
    await olga.taps("▶")
    olga.sees_last("Mar 3, 2026")
    assert not shop.trouble()


@on_sqlite
async def test_an_edited_picture_stays_where_it_is(shop: Shop, alice: Human, olga: Human) -> None:
    await sells(shop, alice)
    await olga.sends("/stats day")
    card, photo = olga.card.message_id, olga.card.photo
    await olga.taps("Month")

    assert olga.card.message_id == card
    assert olga.card.photo is not None
    assert olga.card.photo != photo
    olga.sees_last("Jan 31\u2009–\u2009Mar 1, 2026")


@on_sqlite
async def test_suppliers_and_services_are_listed_one_by_one(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await sells(shop, alice)
    await olga.sends("/desk")
    await olga.taps("📊 Figures")
    await olga.taps("By supplier and service")

    olga.sees_last("Suppliers", "accplanet", "Top services", "Aged account", "0 of 1 failed")
    olga.sees_last("half within", "95 of 100 within")
    await olga.taps("◀ Back")
    olga.sees_last("Orders: 1")
    assert not shop.trouble()


@on_sqlite
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("yesterday", "could not read"),
        ("2026-02-30", "no such day"),
        ("2026-03-01..2026-02-01", "other way round"),
        ("2026-04-01", "still to come"),
        ("1999-01-01..2026-01-01", "too long ago"),
        ("2015-01-01..2026-01-01", "1,100 days fit"),
        ("1e9", "could not read"),
        ("=HYPERLINK(1)", "could not read"),
    ],
)
async def test_what_names_no_days_is_explained_and_the_step_stays_open(
    shop: Shop, alice: Human, olga: Human, typed: str, said: str
) -> None:
    await sells(shop, alice)
    await olga.sends("/stats")
    await olga.taps("Other days")
    olga.sees_last("Which days?")
    await olga.sends(typed)
    olga.sees_last(said, "Which days?")
    await olga.sends("2026-02-20..2026-03-01")
    olga.sees_last("Feb 20\u2009–\u2009Mar 1, 2026", "Orders: 1")
    assert not shop.trouble()


@on_sqlite
async def test_days_may_follow_the_command_in_any_digits(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await sells(shop, alice)
    await olga.sends("/stats ٢٠٢٦-٠٣-٠١")
    olga.sees_last("Mar 1, 2026", "Orders: 1")
    await olga.sends("/stats 2026-02-28 – 2026-03-09")
    olga.sees_last("Feb 28\u2009–\u2009Mar 1, 2026", "Orders: 1")  # the rest is still to come
    await olga.sends("/stats nonsense")
    olga.sees_last("could not read")
    await olga.sends("2026-03-01")
    olga.sees_last("Orders: 1")
    assert not shop.trouble()


@on_sqlite
async def test_months_without_an_order_are_kindly_told(shop: Shop, olga: Human) -> None:
    await olga.sends("/stats month")
    olga.sees_last("No orders in these days. When some come")
    assert olga.card.photo is None
    for _ in range(3):
        await olga.taps("◀")
    olga.sees_last("No orders in these days.")
    assert not shop.trouble()


@on_sqlite
async def test_a_machine_without_fonts_answers_in_words(
    shop: Shop, alice: Human, olga: Human, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sells(shop, alice)
    monkeypatch.setitem(draw._FONTS, "noto_cjk_sans_otc", "no such file")  # noqa: SLF001 - a wheel that is not there
    draw.can_draw.cache_clear()
    try:
        await olga.sends("/stats")
        olga.sees_last("Orders: 1", "Revenue: $")
        assert olga.card.photo is None
    finally:
        draw.can_draw.cache_clear()
    assert not shop.trouble()


@on_sqlite
async def test_who_may_see_figures_sees_these_too_and_others_do_not(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await sells(shop, alice)
    await becomes(olga, BORIS, "viewer")
    await boris.sends("/stats")
    boris.sees_last("Orders: 1")
    await becomes(olga, BORIS, "cashier")
    await boris.sends("/stats")
    assert "Orders: 1" not in boris.card.text
    await alice.sends("/stats")
    assert "Revenue" not in alice.card.text


@on_sqlite
async def test_a_forged_period_is_cut_to_what_there_can_be(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await sells(shop, alice)
    await olga.sends("/stats")
    await olga.forges("zs:1100:3000000:0")
    olga.sees_last("Mar 1, 2026", "Orders: 1")
    await olga.forges("zs:1100:1:0")
    olga.sees_last("No orders in these days.")
    await olga.forges("zs:99999999:1:0")
    assert not shop.trouble()


@on_sqlite
async def test_the_figures_of_the_desk_are_kept_while_days_pass(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await sells(shop, alice)
    await shop.leaps(3, days=1)
    rows = await shop.kiosk.db.read(_count_kept)
    assert rows >= timedelta(days=3).days
    await olga.sends("/desk")
    olga.sees_last("Today", "Orders: 0", "Last 7 days", "Orders: 1")


def _count_kept(tx: Tx) -> int:
    return int(tx.connection.exec_driver_sql("SELECT count(*) FROM sales_days").scalar_one())
