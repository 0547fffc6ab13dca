"""Every button that a search leads to works, whatever suppliers write."""

from __future__ import annotations

import pytest

from tests.conversation.crawling import (
    UGLY,
    assert_everything_was_accepted,
    crawls,
    fill_with_ugliness,
)
from tests.conversation.human import Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


@on_sqlite
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_no_dead_button_and_no_dead_end_in_what_is_found(
    shop: Shop, olga: Human, language: str
) -> None:
    await fill_with_ugliness(shop)
    reader = person(shop, 2**52 - 1, "Reader", language)
    await reader.sends("/start")
    found = [f"/search {words}" for words in ("account", "حساب قديم", "zalgo", "lone", "zzzz")]
    taps = await crawls(reader, "/search", *found, alike=6)

    assert taps > 30
    assert_everything_was_accepted(shop)


@on_sqlite
async def test_the_ugliest_names_are_looked_for_as_they_are(shop: Shop, alice: Human) -> None:
    await fill_with_ugliness(shop)
    for ugly in UGLY:
        if ugly.strip() and "\ud83d" not in ugly:
            await alice.sends(ugly[:4000])
            assert alice.card.find_button("Home") is not None

    assert_everything_was_accepted(shop)
