"""Readers of other languages find things by their own names and by the English ones."""

from __future__ import annotations

from tests.conversation.catalog.languages.readers import A_LOOK, LAYLA, MEI, WORDS, aged, comes
from tests.conversation.human import Human
from tests.conversation.numbers.renting import PROJECTS, reads_numbers
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


async def test_the_readers_own_names_and_the_english_ones_are_found(
    shop: Shop, olga: Human
) -> None:
    for language, words in WORDS.items():
        aged(shop).translations[language] = words
    layla, mei = await comes(shop, LAYLA, "ar"), await comes(shop, MEI, "zh")
    for _ in range(2):
        await shop.comes_to(A_LOOK)

    for typed in ("حساب قديم", "قديم", "aged", "قديم حساب"):
        await layla.sends(typed)
        assert layla.card.find_button("حساب قديم") is not None, typed
    for typed in ("老账号", "账号老", "aged account"):
        await mei.sends(typed)
        assert mei.card.find_button("老账号") is not None, typed
    assert shop.trouble() == []


@on_sqlite
async def test_what_is_typed_in_another_direction_keeps_to_its_place(
    shop: Shop, alice: Human
) -> None:
    await alice.sends("سنتان")
    alice.sees_last("“\u2068سنتان\u2069”")


@on_sqlite
async def test_numbers_are_found_by_what_they_are_for_and_by_country(
    shop: Shop, alice: Human
) -> None:
    shop.hstockplus.projects = list(PROJECTS)
    await reads_numbers(shop)
    await alice.sends("whatsapp")
    await alice.taps("📱 WhatsApp")
    alice.sees_last("Which country should the number be from?")

    for typed in ("whatsapp india", "india whatsapp", "вацап india"):
        await alice.sends("/start")
        await alice.sends(typed)
        await alice.taps("📱 WhatsApp, India · $0.24")
        alice.sees_last("WhatsApp", "India", "$0.24")


@on_sqlite
async def test_an_unknown_command_is_not_looked_for_at_the_step_of_numbers(
    shop: Shop, alice: Human
) -> None:
    shop.hstockplus.projects = list(PROJECTS)
    await reads_numbers(shop)
    await alice.sends("/numbers")
    await alice.sends("/sms")
    alice.sees_last("I did not understand that.", "/numbers")
    alice.sees_nothing_of("Nothing found for")
