"""Roles in the chat: who may do what, polite refusals, and the log."""

from __future__ import annotations

from tests.conversation.human import ALICE, BORIS, OLGA, OTTO, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


async def becomes(olga: Human, who: int, role: str) -> None:
    """Olga gives somebody a role, and they have heard of it."""
    await olga.sends(f"/role {who} {role}")
    await olga.taps("Yes, change the role")
    olga.sees_last("✅ The role was changed.", f"Role: {role}")
    await olga.shop.works()


@on_sqlite
async def test_an_owner_gives_a_role_in_two_taps_and_the_person_hears_of_it(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await boris.sends("/desk")
    boris.sees_last("I did not understand that.")
    await olga.sends("/role @boris cashier")
    olga.sees_last("12 · @boris · “Boris”", "From no role to cashier?", "Gives and takes back")
    await olga.taps("Yes, change the role")
    await shop.works()
    boris.sees_last("Your role in this shop is now: cashier")

    await olga.sends("/role")
    olga.sees_last("Who runs the shop", "owner · 99", "named in ADMIN_IDS", "cashier · 12")
    await boris.sends("/desk")
    boris.sees_last("Desk")
    assert not shop.trouble()


@on_sqlite
async def test_each_role_is_refused_politely_what_it_does_not_permit(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await becomes(olga, BORIS, "viewer")
    await boris.sends(f"/topup {ALICE} 5")
    boris.sees_last("Nothing was done: your role does not permit this. An owner can do it.")
    assert (await alice.wallet()).free.micros == 10_000_000
    await boris.sends(f"/user {ALICE}")
    boris.sees_last("“Alice”")
    assert boris.card.find_button("Ban from buying") is None
    await boris.sends("/suppliers")
    boris.sees_last("accplanet")

    await becomes(olga, BORIS, "cashier")
    await boris.sends(f"/topup {ALICE} 5")
    boris.sees_last("✅ $5.00 of credit given.")
    for command in ("/order 1", "/suppliers", "/role", "/log"):
        await boris.sends(command)
        boris.sees_last("your role does not permit this")
    await boris.sends("/orders")
    boris.sees_last("Your orders")
    assert not shop.trouble()


@on_sqlite
async def test_a_forged_tap_of_another_role_does_nothing_and_is_in_the_log(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await olga.sends(f"/user {ALICE}")
    ban = olga.button("Ban from buying")
    await becomes(olga, BORIS, "cashier")
    await boris.sends("/desk")
    await boris.forges(f"{ban.rpartition(':')[0]}:1")
    assert boris.toast.startswith("Nothing was done: your role does not permit this.")
    await olga.sends("/log")
    olga.sees_last("12 · tried what their role does not permit", "no role → cashier")
    await olga.sends(f"/user {ALICE}")
    assert olga.card.find_button("Ban from buying") is not None
    assert not shop.trouble()


@on_sqlite
async def test_a_role_taken_away_between_card_and_tap_stops_the_tap(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await becomes(olga, BORIS, "cashier")
    await boris.sends(f"/topup {ALICE} 5")
    await boris.taps("Undo")
    undo = boris.button("Undo")
    await becomes(olga, BORIS, "viewer")
    await boris.forges(undo)
    assert boris.toast.startswith("Nothing was done")
    await olga.sends(f"/role {BORIS} none")
    await olga.taps("Yes, change the role")
    await shop.works()
    await boris.forges(undo)
    assert (await alice.wallet()).free.micros == 15_000_000
    await boris.sends("/desk")
    boris.sees_last("I did not understand that.")
    assert not shop.trouble()


@on_sqlite
async def test_the_owner_of_the_settings_and_bad_words_change_nothing(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends(f"/role {OLGA} none")
    await olga.taps("Yes, change the role")
    olga.sees_last("Nothing was changed: ADMIN_IDS in the settings names this person.")
    for typed in ("/role @alice king", "/role @alice owner now please"):
        await olga.sends(typed)
        assert "Write it like this" in olga.card.text or "Role: no role" in olga.card.text
    for typed in ("/role 4711 viewer", "/role @nobody viewer", f"/role {OTTO} viewer"):
        await olga.sends(typed)
        olga.sees_last("I do not know this person.")
    assert not shop.trouble()


@on_sqlite
async def test_the_log_says_who_did_what_before_and_after(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/topup @alice 2.50")
    await olga.sends(f"/user {ALICE}")
    await olga.taps("Ban from buying")
    await olga.taps("Ban from buying")
    await olga.sends("/log")
    olga.sees_last("99 · gave credit · customer 11", "$10.00 → $12.50")
    olga.sees_last("99 · stopped them from buying · customer 11")
    await olga.sends(f"/log {ALICE}")
    olga.sees_last("Nothing has been done yet.")
    for _ in range(8):
        await olga.sends("/debit @alice 0.10")
    await olga.sends(f"/log {OLGA}")
    olga.sees_last("Log · 99", "$11.70")
    await olga.taps("▶")
    olga.sees_last("$10.00 → $12.50")
    assert not shop.trouble()
