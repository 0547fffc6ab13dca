"""Operators name categories by language, give them icons, and put them into their own order."""

import pytest

from tests.conversation.catalog.languages.readers import LAYLA, comes
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


def labels(human: Human) -> list[str]:
    """The rows of the catalog, without what keeps the direction of names."""
    rows = [label for row in human.card.labels for label in row if "(" in label]
    return [
        "".join(sign for sign in label if sign not in "\u2066\u2067\u2068\u2069\u200f")
        for label in rows
    ]


async def test_a_name_in_one_language_is_read_in_that_alone(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/category Social")
    await olga.taps("Name by language…")
    olga.sees_last("In which language?")
    await olga.taps("العربية")
    olga.sees_last("Type the name that customers read in", "العربية")
    await olga.sends("x" * 61)
    olga.sees_last("Nothing was changed: a name has 1 to 60 characters.")
    await olga.sends("شبكات  التواصل")
    olga.sees_last("✅ Changed.", "العربية", "شبكات التواصل")
    layla = await comes(shop, LAYLA, "ar")
    await layla.sends("/catalog")
    assert any("شبكات التواصل" in one for one in labels(layla))
    await layla.sends("/search شبكات")
    assert any("شبكات التواصل" in one for row in layla.card.labels for one in row)
    await alice.sends("/catalog")
    assert any("Social (2)" in one for one in labels(alice))
    await shop.refreshes()
    await layla.sends("/catalog")
    assert any("شبكات التواصل" in one for one in labels(layla)), "no reading undoes it"

    await olga.sends("/category Social")
    await olga.taps("↩ Undo: العربية")
    olga.sees_last("✅ Changed.")
    await layla.sends("/catalog")
    assert not any("شبكات" in one for one in labels(layla))
    await olga.sends("/log")
    olga.sees_last("named a category in one language · category", "شبكات التواصل")
    assert not shop.trouble()


@on_sqlite
async def test_a_name_outlives_a_new_name_in_english(shop: Shop, olga: Human) -> None:
    await olga.sends("/category Social")
    await olga.taps("Name by language…")
    await olga.taps("العربية")
    await olga.sends("شبكات")
    await olga.taps("Rename…")
    await olga.sends("Networks")
    olga.sees_last("✅ Changed.", "Networks", "العربية", "شبكات")
    layla = await comes(shop, LAYLA, "ar")
    await layla.sends("/catalog")
    assert any("شبكات" in one for one in labels(layla))


@pytest.mark.parametrize("wrong", ["ab", "📧📮", "<b>", "5", "📧 x", "."])
@on_sqlite
async def test_an_icon_is_one_emoji(shop: Shop, olga: Human, wrong: str) -> None:
    await olga.sends("/category Social")
    await olga.taps("Icon…")
    await olga.sends(wrong)
    olga.sees_last("Nothing was changed: an icon is one emoji, such as 📧.")


@pytest.mark.parametrize("icon", ["📮", "🇩🇪", "❤️", "👩‍💻", "👍🏽", "1️⃣", "⭐"])
@on_sqlite
async def test_an_icon_stands_before_the_name(
    shop: Shop, alice: Human, olga: Human, icon: str
) -> None:
    await olga.sends("/category Social")
    await olga.taps("Icon…")
    await olga.sends(icon)
    olga.sees_last("✅ Changed.", f"Icon: {icon}")
    await alice.sends("/catalog")
    assert f"{icon} Social (2)" in labels(alice)
    await olga.taps(f"↩ Undo: {icon}")
    await alice.sends("/catalog")
    assert f"{icon} Social (2)" not in labels(alice)
    done = [one[1] for one in await shop.acts_audited()]
    assert done.count("give category an icon") == 2


async def test_categories_stand_where_an_operator_puts_them(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.sends("/catalog")
    before = labels(alice)
    assert len(before) == 4
    last = before[-1].split(" (")[0].split(" ", 1)[-1]
    await olga.sends(f"/category {last}")
    await olga.taps("⏫ To the top")
    olga.sees_last("✅ Changed.", "It stands where you put it.")
    await alice.sends("/catalog")
    assert labels(alice) == [before[-1], *before[:-1]]
    await olga.taps("⬇ Down")
    await alice.sends("/catalog")
    assert labels(alice) == [before[0], before[-1], *before[1:-1]]
    await olga.taps("⬆ Up")
    await olga.taps("⬆ Up")
    await shop.refreshes()
    await alice.sends("/catalog")
    assert labels(alice) == [before[-1], *before[:-1]], "no reading undoes it"
    await olga.taps("↩ Undo: order")
    await alice.sends("/catalog")
    assert labels(alice) == before
    await olga.sends("/log")
    olga.sees_last(
        "moved a category among the others", "put categories back into their suppliers' order"
    )
