"""One tree over both suppliers, and the operator's hand in it."""

from bot.base.ids import CategoryId
from bot.catalog.places.tree import fold_name
from bot.chat.catalog.icons import with_icon
from bot.chat.catalog.taps import OpenCategory
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop


def rows(human: Human) -> list[str]:
    """What can be opened on the newest card, without signs, prices and stock."""
    signs = ("◀", "🏠", "✓ ", "Price", "Name", "Stock", "🔗")
    labels = [label for row in human.card.labels for label in row if not label.startswith(signs)]
    return [label.removeprefix(with_icon(label, "")).split(" · ")[0] for label in labels]


async def two_trees(shop: Shop) -> None:
    """The first supplier sells mail as the second does, under one name and under another."""
    places = (("EMAIL  accounts", "Gmail"), ("EMAIL  accounts", "Yahoo"), ("Gift Cards", "Steam"))
    for nth, (category, below) in enumerate((*places, ("Mail", ""))):
        place = {"category": category, "subcategory": below}
        shop.accplanet.put(account(41_000 + nth, f"Acc {below or category}", "1", **place))
    await shop.refreshes()


@on_sqlite
async def test_what_both_list_under_one_name_stands_once(shop: Shop, alice: Human) -> None:
    await two_trees(shop)
    await alice.sends("/catalog")
    assert rows(alice) == [
        "Social (2)", "Games (1)", "Instagram (1)", "Email Accounts (3)", "Gift Cards (1)",
        "Mail (1)",
    ]  # fmt: skip
    await alice.taps("Email Accounts")
    alice.sees_last("Email Accounts", "3 items for sale")
    assert rows(alice) == ["Gmail (1)", "Yahoo (1)", "Mailbox"]
    await alice.taps("Mailbox")
    alice.sees_last("Mailbox\nEmail Accounts")
    await alice.taps("Back")
    await alice.taps("Gmail")
    await alice.taps("Acc Gmail")
    alice.sees_last("Acc Gmail\nEmail Accounts › Gmail")
    await alice.taps("Back")
    await alice.taps("Back")
    alice.sees_last("Email Accounts", "3 items for sale")


@on_sqlite
async def test_a_single_level_is_passed_and_back_leads_past_it(shop: Shop, alice: Human) -> None:
    await two_trees(shop)
    await alice.sends("/catalog")
    await alice.taps("Gift Cards")
    alice.sees_last("Gift Cards › Steam", "1 item for sale")
    assert rows(alice) == ["Acc Steam"]
    await alice.taps("Acc Steam")
    alice.sees_last("Acc Steam\nGift Cards › Steam")
    await alice.taps("Back")
    alice.sees_last("Gift Cards › Steam")
    await alice.taps("Back")
    alice.sees_last("Choose a category.")


@on_sqlite
async def test_old_taps_and_links_of_either_supplier_open_the_one(
    shop: Shop, alice: Human
) -> None:
    await two_trees(shop)
    tree = shop.kiosk.shop.shelf.now.tree
    ids = [one.id for one in tree.labels.values() if fold_name(one.name) == "email accounts"]
    assert len(ids) == 2
    for one in ids:
        await alice.sends(f"/start c_{one}")
        alice.sees_last("Email Accounts", "3 items for sale")
        await alice.sends("/catalog")
        await alice.forges(OpenCategory(category=one).pack())
        alice.sees_last("Email Accounts", "3 items for sale")
        assert rows(alice) == ["Gmail (1)", "Yahoo (1)", "Mailbox"]


@on_sqlite
async def test_what_has_nothing_to_buy_stands_last_and_says_so(shop: Shop, alice: Human) -> None:
    await two_trees(shop)
    shop.accplanet.services["41000"].stock = 0
    await shop.refreshes()
    await alice.sends("/catalog")
    await alice.taps("Email Accounts (2)")
    assert rows(alice) == ["Yahoo (1)", "Gmail (❌ sold out)", "Mailbox"]


async def merges(olga: Human, name: str, into: str) -> None:
    await olga.sends(f"/category {name}")
    await olga.taps("Merge into…")
    await olga.sends(into)
    await olga.taps("Merge")


async def test_an_operator_merges_what_means_the_same_and_takes_it_back(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await two_trees(shop)
    await alice.sends("/catalog")
    old = next(row[0] for row in alice.card.keyboard if "Mail (1)" in row[0].text).callback_data
    await olga.sends("/category  MAIL")
    olga.sees_last("Mail", "accplanet: 1 service")
    await olga.taps("Merge into…")
    olga.sees_last("Into which category?")
    await olga.taps("Email Accounts")
    olga.sees_last("Show 1 service of Mail in Email Accounts from now on?")
    await olga.taps("Merge")
    olga.sees_last("✅ Changed.", "accplanet: 3 services", "hstockplus: 1 service")
    olga.sees_last("Moved here by hand:", "Mail (all suppliers)")

    await alice.sends("/catalog")
    assert rows(alice)[3:] == ["Email Accounts (4)", "Gift Cards (1)"]
    await alice.forges(str(old))
    alice.sees_last("Email Accounts", "4 items for sale")
    await shop.refreshes()
    await alice.sends("/catalog")
    assert "Email Accounts (4)" in rows(alice), "a reading of the catalogues undoes nothing"

    await olga.sends("/category Email Accounts")
    await olga.taps("Undo: Mail")
    olga.sees_last("Show 1 service where it is listed again: Mail?")
    again = olga.button("Undo")
    await olga.taps("Undo")
    olga.sees_last("✅ Changed.", "Mail", "accplanet: 1 service")
    await olga.forges(again)
    olga.sees_last("That was undone already.")
    await alice.sends("/catalog")
    assert "Mail (1)" in rows(alice)
    await olga.sends("/log")
    olga.sees_last("merged a category into another", "put a category back")
    assert not shop.trouble()


async def test_one_name_with_two_meanings_is_kept_apart(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await two_trees(shop)
    await olga.sends("/category Email Accounts")
    olga.sees_last("accplanet: 2 services", "hstockplus: 1 service")
    await olga.taps("Keep apart: hstockplus")
    await olga.sends("Instagram")
    olga.sees_last("Nothing was changed: there is a category of that name.")
    await olga.sends("Fresh  mail")
    olga.sees_last("✅ Changed.", "Fresh mail", "hstockplus: 1 service")
    olga.sees_last("Email Accounts (hstockplus)")
    await shop.refreshes()
    async with shop.restarted():
        await shop.kiosk.recover()
        await alice.sends("/catalog")
        assert {"Email Accounts (2)", "Fresh mail (1)"} < set(rows(alice))
        await alice.taps("Fresh mail")
        await alice.taps("Mailbox")
        alice.sees_last("Mailbox\nFresh mail")
        await alice.taps("Back")
        alice.sees_last("Fresh mail", "1 item for sale")


@on_sqlite
async def test_a_category_gets_a_name_of_the_shops_own_while_it_is_open(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.sends("/catalog")
    await alice.taps("Games")
    await olga.sends("/category games")
    await olga.taps("Rename…")
    await olga.sends("x" * 61)
    olga.sees_last("Nothing was changed: a name has 1 to 60 characters.")
    await olga.sends("Play <b>&")
    olga.sees_last("✅ Changed.", "Play <b>&")
    await alice.taps("Rare account")
    alice.sees_last("Rare account\nPlay <b>&")
    await alice.sends("/catalog")
    assert "Play <b>& (1)" in rows(alice)
    assert rows(alice).index("Play <b>& (1)") == 1, "it stands where it stood"


@on_sqlite
async def test_a_name_that_is_not_clear_is_answered_with_the_nearest(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await two_trees(shop)
    await olga.sends("/category")
    olga.sees_last("/category Email")
    await olga.sends("/category emial acounts")
    olga.sees_last("There is no category of that name. Do you mean one of these?")
    assert "Email Accounts" in [label for row in olga.card.labels for label in row]
    shop.accplanet.put(account(42_000, "Twin", "1", category="Social", subcategory="Gmail"))
    await shop.refreshes()
    await olga.sends("/category gmail")
    olga.sees_last("Several categories are called that.")
    await olga.taps("Social › Gmail")
    olga.sees_last("Social › Gmail", "accplanet: 1 service")
    for words in ("社交", "😀", "x" * 3_000, "\u202e\u0000>>>", "'; --"):
        await olga.sends(f"/category {words}")
        assert olga.card.find_button("Desk")
    assert not shop.trouble()


@on_sqlite
async def test_only_owners_reach_the_tree(shop: Shop, alice: Human, olga: Human) -> None:
    await two_trees(shop)
    await olga.sends("/category Games")
    tap = olga.button("Rename")
    await alice.sends("/category Games")
    alice.sees_nothing_of("accplanet")
    await alice.forges(tap)
    alice.sees_nothing_of("accplanet", "Type the new name")


@on_sqlite
async def test_circles_are_refused_and_nothing_breaks(shop: Shop, olga: Human) -> None:
    await two_trees(shop)
    await merges(olga, "Mail", "Email Accounts")
    await olga.sends("/category Email Accounts")
    await olga.taps("Merge into…")
    await olga.sends("Email Accounts > Gmail")
    await olga.taps("Merge")
    olga.sees_last("Nothing was changed: each of these categories would then be inside the other.")
    await olga.taps("Home")
    assert not shop.trouble()
    found = shop.kiosk.shop.shelf.now
    assert all(found.tree.home(CategoryId(one)) in found.tree.nodes for one in found.tree.labels)
