"""A broadcast is seen as customers get it, sent once to each, and watched on its card."""

from datetime import timedelta

from bot.base.ids import CustomerId
from bot.people.customers import set_banned
from sandbox.telegram import HumanMessage
from tests.conversation.broadcasts.mailing import WORDS, fates, got, many, starts, state
from tests.conversation.human import ALICE, AS_OLGA, BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


async def test_everybody_gets_it_once_and_the_card_counts(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    guests = await many(shop, 25)
    await olga.sends(f"/broadcast {WORDS}")
    olga.sees_last(WORDS, "For: Everybody", "28 customers get it.")
    card = olga.card.message_id
    await olga.taps("Send to 28")
    olga.sees_last("Send this to 28 customers now?", "cannot be taken back")
    assert not got(alice)
    await olga.taps("Yes, send it")
    olga.sees_last("📣 Broadcast · begins")
    await shop.works()
    await shop.looks()

    assert [got(one) for one in (*guests, alice, boris)] == [1] * 27
    assert await state(shop) == "done"
    shown = next(one for one in olga.person.messages if one.message_id == card)
    assert "✅ Sent: 28" in shown.text
    assert "done" in shown.text
    await shop.passes(minutes=5)
    assert [got(one) for one in (*guests, alice, boris)] == [1] * 27
    assert (str(olga.id), "start broadcast", "broadcast:1") in await shop.acts_audited()
    assert not shop.trouble()


@on_sqlite
async def test_it_is_set_as_it_was_written_and_has_its_buttons(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.does(
        lambda one: one.sends(
            "/broadcast Half price today", {"type": "bold", "offset": 11, "length": 4}
        )
    )
    await olga.taps("Buttons")
    await olga.sends("Mail | Email Accounts\nOurs | https://example.org/a")
    olga.sees_last("Half price today")
    [service] = [
        one.id for one in shop.kiosk.shop.shelf.now.services() if one.listed.name == "Mailbox"
    ]
    await olga.taps("Buttons")
    await olga.sends(f"Mailbox | #{service}\nOurs | https://example.org/a")
    await olga.taps("Test to myself")
    test = olga.person.messages[-2]
    assert test.text == "Half price today"
    olga.sees_last("✅ The test stands above, as customers get it.")
    await olga.taps("Send to")
    await olga.taps("Yes, send it")
    await shop.works()
    await shop.looks()

    came = alice.card
    assert came.text == "Half price today"
    assert [(one["type"], one["offset"], one["length"]) for one in came.entities] == [
        ("bold", 0, 4)
    ]
    assert [one.url for one in came.buttons[:2]] == [
        f"https://t.me/{shop.telegram.bot_username}?start=s_{service}",
        "https://example.org/a",
    ]
    assert test.labels == came.labels
    await alice.sends(f"/start s_{service}")
    alice.sees_last("Mailbox")
    assert not shop.trouble()


@on_sqlite
async def test_a_picture_is_sent_as_a_reply_says(shop: Shop, alice: Human, olga: Human) -> None:
    await olga.does(lambda one: one.sends_photo("Look at this"))
    sent = max(
        one.message_id
        for one in olga.person.chat.messages.values()
        if isinstance(one, HumanMessage)
    )
    await olga.does(lambda one: one.replies(sent, "/broadcast"))
    olga.sees_last("Look at this", "🖼 Your picture comes with it")
    await olga.taps("Send to")
    await olga.taps("Yes, send it")
    await shop.works()
    await shop.looks()

    assert alice.card.photo is not None
    assert alice.card.text == "Look at this"
    assert not shop.trouble()


async def test_news_are_turned_off_under_it_and_on_again_under_help(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await starts(olga)
    await shop.works()
    await shop.looks()
    await alice.taps("Don't send me news")
    alice.sees_last("🔕 You will get no more news from us.", "always come")
    assert got(alice) == 1

    await starts(olga, "Second news")
    await shop.works()
    await shop.looks()
    assert not got(alice, "Second news")
    assert got(boris, "Second news") == 1

    await alice.sends("/help")
    await alice.taps("News from the shop")
    await alice.taps("Send me news again")
    alice.sees_last("🔔 You get news from the shop.")
    await starts(olga, "Third news")
    await shop.works()
    await shop.looks()
    assert got(alice, "Third news") == 1
    assert not shop.trouble()


async def test_who_blocked_the_bot_is_counted_and_skipped_until_they_are_back(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    boris.person.blocks_bot()
    await starts(olga)
    await shop.works()
    await shop.looks()
    assert (await fates(shop))[BORIS] == "unreachable"
    assert got(alice) == 1

    await olga.sends("/broadcast Second news")
    olga.sees_last("2 customers get it.")
    boris.person.unblocks_bot()
    await boris.sends("/start")
    await olga.sends("/broadcast Third news")
    olga.sees_last("3 customers get it.")


@on_sqlite
async def test_banned_people_and_who_says_no_meanwhile_are_left_out(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    guests = await many(shop, 2)
    await shop.kiosk.db.write(set_banned, AS_OLGA, CustomerId(BORIS), banned=True)
    await olga.sends(f"/broadcast {WORDS}")
    olga.sees_last("4 customers get it.")
    await olga.taps("Send to")
    await olga.taps("Yes, send it")
    await shop.kiosk.db.write(set_banned, AS_OLGA, CustomerId(ALICE), banned=True)
    await shop.works()
    await shop.looks()
    assert not got(alice)
    assert not got(boris)
    assert got(guests[0]) == 1


async def test_it_is_paused_continued_and_stopped(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await starts(olga)
    await olga.taps("Pause")
    olga.sees_last("paused")
    await shop.works()
    await shop.looks()
    assert not got(alice)

    await olga.taps("Continue")
    await shop.works()
    await shop.looks()
    assert got(alice) == got(boris) == 1

    await starts(olga, "Second news")
    await olga.taps("Stop")
    olga.sees_last("Stop it?")
    await olga.taps("Yes, stop it")
    olga.sees_last("stopped")
    await shop.works()
    await shop.passes(minutes=1)
    assert not got(alice, "Second news")


@on_sqlite
async def test_who_left_the_card_finds_something_else_on_it(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await starts(olga)
    await olga.taps("Desk")
    await shop.works()
    await shop.looks()
    assert got(alice) == 1
    olga.sees("Nothing waits for you.")
    olga.sees_nothing_of("📣 Broadcast ·")


@on_sqlite
async def test_a_week_later_who_got_it_is_still_known_and_after_a_month_forgotten(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await starts(olga)
    await shop.works()
    await shop.looks()
    now = shop.clock.now()
    await shop.kiosk.shop.purge(now + timedelta(days=7))
    assert ALICE in await fates(shop)
    await shop.kiosk.shop.purge(now + timedelta(days=31))
    assert await fates(shop) == {}
    await olga.sends("/broadcast")
    olga.sees_last("Nothing has been sent to everybody yet.")
