"""What cannot be sent is said clearly, and nobody gets anything by mistake."""

import pytest

from sandbox.telegram.faults import Refuse
from sandbox.telegram.text import Entity
from tests.conversation.broadcasts.mailing import WORDS, fates, got, starts, state
from tests.conversation.human import ALICE, BORIS, OTTO, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

pytestmark = on_sqlite


async def _drafts(olga: Human, words: str = WORDS) -> None:
    await olga.sends(f"/broadcast {words}")


async def test_a_broadcast_to_nobody_is_refused(shop: Shop, alice: Human, olga: Human) -> None:
    await _drafts(olga)
    await olga.taps("Send to 2")
    sure, card = olga.button("Yes, send it"), olga.card.message_id
    await olga.taps("Back")
    await olga.taps("Who gets it")
    await olga.taps("Balance")
    await olga.sends("500")
    olga.sees_last("Has a balance above $500.00", "0 customers get it.")
    await olga.taps("Back")
    assert olga.card.find_button("Send to") is None
    await olga.forges(sure, card)
    olga.sees_last("Send this to 0 customers now?")
    await olga.taps("Yes, send it")
    olga.sees_last("Nothing was done: nobody is among those you chose.")
    await shop.works()
    assert not got(alice)


async def test_the_same_words_within_a_day_are_asked_back(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await starts(olga)
    await shop.works()
    await shop.looks()
    await _drafts(olga)
    await olga.taps("Send to")
    olga.sees_last("⚠️ The same words went out already")
    await olga.taps("Yes, send it again")
    await shop.works()
    await shop.looks()
    assert got(alice) == 2
    await shop.leaps(1, hours=25)
    await _drafts(olga)
    await olga.taps("Send to")
    assert "went out already" not in olga.card.text


async def test_what_is_too_long_is_refused_and_the_step_stays_open(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.does(lambda one: one.sends_photo("x" * 1_025))
    sent = max(olga.person.chat.messages)
    while not hasattr(olga.person.chat.messages[sent], "wire"):
        sent -= 1
    await olga.does(lambda one: one.replies(sent, "/broadcast"))
    olga.sees_last("That is too long: at most 1,024 letters and signs fit.")
    await olga.sends("Short words")
    olga.sees_last("Short words", "For: Everybody")


async def test_the_longest_text_has_a_card_that_fits_and_a_whole_test(
    shop: Shop, alice: Human, olga: Human
) -> None:
    words = "😀" * 2_040
    await _drafts(olga, words)
    olga.sees_last("(The rest is not shown here; the test shows all of it.)")
    await olga.taps("Test to myself")
    assert olga.person.messages[-2].text == words
    assert not shop.trouble()


async def test_a_sticker_a_file_and_nothing_are_refused(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/broadcast")
    await olga.taps("Write to customers")
    await olga.does(lambda one: one.sends_document())
    olga.sees_last("Only words, or one picture with words")
    await olga.does(lambda one: one.sends_sticker())
    olga.sees_last("There is nothing to send yet.")
    await olga.does(lambda one: one.sends_photo("With words"))
    olga.sees_last("With words", "🖼 Your picture comes with it")


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "bold", "offset": 11, "length": 900},
        {"type": "bold", "offset": 0, "length": 12},
        {"type": "custom_emoji", "offset": 11, "length": 2, "custom_emoji_id": "5"},
        {"type": "text_mention", "offset": 11, "length": 2},
    ],
)
async def test_broken_entities_are_left_out_or_cut(
    shop: Shop, alice: Human, olga: Human, entity: Entity
) -> None:
    await olga.does(lambda one: one.sends("/broadcast Half price", entity))
    await olga.taps("Send to")
    await olga.taps("Yes, send it")
    await shop.works()
    await shop.looks()
    assert got(alice, "Half price") == 1
    assert not shop.trouble()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Mail", "Write what stands on the button, then | and where it leads."),
        ("| #1", "Write what stands on the button"),
        ("Mail | javascript:alert(1)", "An address has to begin with https://"),
        ("Mail | http://example.org", "An address has to begin with https://"),
        ("Mail | tg://resolve?domain=x", "An address has to begin with https://"),
        ("Mail | https://", "An address has to begin with https://"),
        ("Mail | https://user:pass@example.org", "An address has to begin with https://"),
        ("Mail | #999999", "No service has this number."),
        ("Mail | No such thing", "There is no category of that name."),
        ("x" * 41 + " | #1", "at most 40 letters"),
        ("\n".join(["A | https://example.org"] * 7), "At most 6 buttons, please."),
    ],
)
async def test_a_button_that_leads_nowhere_good_is_refused(
    shop: Shop, alice: Human, olga: Human, line: str, why: str
) -> None:
    await _drafts(olga)
    await olga.taps("Buttons")
    await olga.sends(line)
    olga.sees_last(why)
    await olga.sends("Mail | Email Accounts")
    olga.sees_last(WORDS, "For: Everybody")
    assert olga.card.find_button("Mail") is not None


async def test_a_button_to_another_bot_is_asked_back(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await _drafts(olga)
    await olga.taps("Buttons")
    await olga.sends(
        f"Theirs | https://t.me/OtherShopBot\nOurs | https://t.me/{shop.telegram.bot_username}"
    )
    olga.sees_last("⚠️ A button leads to another bot: @OtherShopBot.")
    assert f"@{shop.telegram.bot_username}" not in olga.card.text
    await olga.taps("Send to")
    olga.sees_last("⚠️ A button leads to another bot: @OtherShopBot.")


async def test_what_telegram_refuses_rests_and_nobody_is_lost(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await starts(olga)
    refusal = Refuse(400, "Bad Request: can't parse entities")
    shop.telegram.faults.next("sendMessage", refusal, chat_id=ALICE)
    await shop.works()
    await shop.looks()
    olga.sees("⚠️ Paused by itself: Telegram does not take it.", "can't parse entities")
    assert (await fates(shop))[ALICE] == "waiting"
    await olga.taps("Continue")
    await shop.works()
    await shop.looks()
    assert got(alice) == got(boris) == 1


async def test_a_picture_that_is_gone_rests_and_nobody_is_lost(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/broadcast")
    await olga.taps("Write to customers")
    await olga.does(lambda one: one.sends_photo("Look"))
    refusal = Refuse(400, "Bad Request: wrong file identifier/HTTP URL specified")
    shop.telegram.faults.next("sendPhoto", refusal)
    await olga.taps("Test to myself")
    olga.sees_last("Telegram does not give out this picture any more.")
    shop.telegram.faults.next("sendPhoto", refusal)
    await olga.taps("Send to")
    await olga.taps("Yes, send it")
    await shop.works()
    await shop.looks()
    olga.sees("⚠️ Paused by itself: Telegram does not give out the picture any more.")
    assert await state(shop) == "paused"
    assert "waiting" in (await fates(shop)).values()


async def test_an_operator_who_loses_the_role_sends_no_more(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    otto = person(shop, OTTO, "Otto")
    await otto.sends("/start")
    await olga.sends(f"/role {OTTO} owner")
    await olga.taps("Yes, change the role")
    await shop.works()
    await starts(otto)
    await otto.sends("/broadcast Second words")
    await olga.sends(f"/role {OTTO} support")
    await olga.taps("Yes, change the role")
    await shop.works()
    await shop.looks()
    assert not got(alice)
    assert await state(shop) == "draft"
    await otto.sends("/broadcast Third words")
    otto.sees_last("your role does not permit this")

    olga.sees_last("📣 Broadcast · paused")
    await olga.sends("/broadcast")
    await olga.taps("paused")
    olga.sees_last("who started it may not send broadcasts any more")
    await olga.taps("Continue")
    await shop.works()
    await shop.looks()
    assert got(alice) == got(boris) == 1


async def test_a_customer_who_forges_taps_sends_nothing(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await _drafts(olga)
    await alice.forges("bs:1:1:1:1")
    await alice.forges("bt:1")
    await alice.sends("/broadcast buy my things")
    await shop.works()
    await shop.looks()
    assert not got(boris)
    assert (await fates(shop)).get(BORIS) is None
    await olga.forges("bo:77", olga.card.message_id)
    olga.sees_last("This broadcast is gone.")
