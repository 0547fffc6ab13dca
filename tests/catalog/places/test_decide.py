"""An operator's hand in the tree: what is decided stands, whatever suppliers list later."""

from __future__ import annotations

import pytest

from bot.base.ids import CategoryId, SupplierName
from bot.catalog import store
from bot.catalog.errors import CannotPlace, CannotPlaceReason
from bot.catalog.places import decide
from bot.catalog.places.rows import load_tree
from bot.catalog.places.tree import EVERYBODY
from bot.people.audit import list_acts
from bot.suppliers.port import Catalog
from tests.races import all_at_once
from tests.stored_shop import ACC, HSTOCK, Books, listed


async def lists(books: Books, supplier: SupplierName, *paths: str) -> None:
    """The supplier's whole catalogue: a service in each of these places."""
    rows = []
    for nth, path in enumerate(paths):
        category, _, below = path.partition(" > ")
        rows.append(listed(f"{nth}-{path}", category=category, subcategory=below))
    await books.db.write(store.store, supplier, Catalog(tuple(rows), 0))


async def shown(books: Books, supplier: SupplierName) -> list[str]:
    """Where what the supplier lists is shown."""
    tree = await books.db.read(load_tree)
    found = await books.sql(
        f"SELECT category FROM services WHERE supplier = '{supplier}' AND gone = 0 ORDER BY id"  # noqa: S608 - our own words
    )
    paths = []
    for (category,) in found:
        names = list[str]()
        at: CategoryId | None = tree.home(CategoryId(category), supplier)
        while at is not None:
            names.append(tree.labels[at].name)
            at = tree.nodes[at].parent
        paths.append(" > ".join(reversed(names)))
    return paths


async def id_of(books: Books, name: str) -> CategoryId:
    tree = await books.db.read(load_tree)
    return next(one.id for one in tree.labels.values() if one.name == name)


async def puts(books: Books, name: str, into: str) -> bool:
    ids = [await id_of(books, one) for one in (name, into)]
    return await books.db.write(decide.merge_category, books.act(), *ids)


@pytest.fixture
async def stocked(books: Books) -> Books:
    """Two suppliers with trees of their own."""
    await lists(books, ACC, "Email > Gmail", "Games")
    await lists(books, HSTOCK, "Email Accounts > gmail", "Email Accounts > Yahoo", "GAMES")
    return books


async def test_equal_names_stand_once_and_others_apart(stocked: Books) -> None:
    assert await shown(stocked, ACC) == ["Email > Gmail", "Games"]
    assert await shown(stocked, HSTOCK) == [
        "Email Accounts > gmail", "Email Accounts > Yahoo", "Games",
    ]  # fmt: skip


async def test_a_merged_category_takes_all_that_is_below_it_along(stocked: Books) -> None:
    assert await puts(stocked, "Email Accounts", "Email")
    merged = ["Email > Gmail", "Email > Yahoo", "Games"]
    assert await shown(stocked, HSTOCK) == merged
    assert not await puts(stocked, "Email Accounts", "Email"), "a second time changes nothing"

    await lists(stocked, HSTOCK, "Email Accounts > AOL", "Email Accounts > gmail")
    assert sorted(await shown(stocked, HSTOCK)) == ["Email > AOL", "Email > Gmail"]


async def test_a_category_that_vanishes_and_returns_stands_where_it_stood(stocked: Books) -> None:
    await puts(stocked, "Email Accounts", "Email")
    await lists(stocked, HSTOCK, "GAMES")
    await lists(stocked, HSTOCK, "Email Accounts > Yahoo", "GAMES")
    assert sorted(await shown(stocked, HSTOCK)) == ["Email > Yahoo", "Games"]


async def test_what_was_decided_is_undone_by_one_word(stocked: Books) -> None:
    before = await shown(stocked, HSTOCK)
    await puts(stocked, "Email Accounts", "Email")
    category = await id_of(stocked, "Email Accounts")
    act = stocked.act()
    assert await stocked.db.write(decide.put_back, act, category, EVERYBODY)
    assert await shown(stocked, HSTOCK) == before
    assert not await stocked.db.write(decide.put_back, act, category, EVERYBODY)


async def test_one_name_with_two_meanings_is_kept_apart(stocked: Books) -> None:
    games, act = await id_of(stocked, "Games"), stocked.act()
    await stocked.db.write(decide.keep_apart, act, games, HSTOCK, "  Board   games ")
    assert await shown(stocked, ACC) == ["Email > Gmail", "Games"]
    assert (await shown(stocked, HSTOCK))[-1] == "Board games"

    await lists(stocked, HSTOCK, "Games > New", "GAMES")
    assert sorted(await shown(stocked, HSTOCK)) == ["Board games", "Board games > New"]
    assert await stocked.db.write(decide.put_back, act, games, HSTOCK)
    assert sorted(await shown(stocked, HSTOCK)) == ["Games", "Games > New"]
    assert await stocked.db.write(decide.keep_apart, act, games, HSTOCK, "Board games")


async def test_what_stands_apart_can_be_merged_on_and_renamed(stocked: Books) -> None:
    games, act = await id_of(stocked, "Games"), stocked.act()
    own = await stocked.db.write(decide.keep_apart, act, games, HSTOCK, "Board games")
    named = await stocked.db.write(decide.rename_category, act, own, "Tabletop")
    assert (await shown(stocked, HSTOCK))[-1] == "Tabletop"
    await stocked.db.write(decide.merge_category, act, named, await id_of(stocked, "Email"))
    assert (await shown(stocked, HSTOCK))[-1] == "Email"


async def test_a_category_gets_a_name_of_the_shops_own(stocked: Books) -> None:
    email, act = await id_of(stocked, "Email"), stocked.act()
    await stocked.db.write(decide.rename_category, act, email, "Letters")
    assert await shown(stocked, ACC) == ["Letters > Gmail", "Games"]
    games = await id_of(stocked, "Games")
    await stocked.db.write(decide.rename_category, act, games, "gAmEs")
    assert (await shown(stocked, ACC))[-1] == "gAmEs"
    assert (await shown(stocked, HSTOCK))[-1] == "gAmEs"


async def test_signs_that_nobody_sees_are_left_out_of_a_name(stocked: Books) -> None:
    email, act = await id_of(stocked, "Email"), stocked.act()
    await stocked.db.write(decide.rename_category, act, email, "\u202e Let\x00ters\ud800 ")
    assert (await shown(stocked, ACC))[0] == "Letters > Gmail"


async def refuses(books: Books, why: CannotPlaceReason, *asked: object) -> None:
    before = await books.sql("SELECT * FROM category_places"), await books.db.read(store.version)
    with pytest.raises(CannotPlace) as refused:
        await books.db.write(*asked)  # type: ignore[arg-type]  # any of the four
    assert refused.value.reason is why
    after = await books.sql("SELECT * FROM category_places"), await books.db.read(store.version)
    assert after == before


async def test_what_would_make_no_tree_is_refused(stocked: Books) -> None:
    act, why = stocked.act(), CannotPlaceReason
    email, games = await id_of(stocked, "Email"), await id_of(stocked, "Games")
    gmail, again = await id_of(stocked, "Gmail"), await id_of(stocked, "GAMES")
    merge, rename = decide.merge_category, decide.rename_category
    await refuses(stocked, why.SAME, merge, act, games, games)
    await refuses(stocked, why.SAME, merge, act, games, again)
    await refuses(stocked, why.CIRCLE, merge, act, email, gmail)
    await refuses(stocked, why.UNKNOWN, merge, act, email, CategoryId(999))
    await refuses(stocked, why.UNKNOWN, decide.put_back, act, CategoryId(999), EVERYBODY)
    await refuses(stocked, why.TAKEN, rename, act, email, "games")
    await refuses(stocked, why.TAKEN, decide.keep_apart, act, games, ACC, "Games")
    for name in ("", " \n", "x" * 61, "\u202e\x00", "\u200b\ufe0f"):
        await refuses(stocked, why.NAME, rename, act, email, name)

    await stocked.db.write(merge, act, email, games)
    await refuses(stocked, why.CIRCLE, merge, act, games, email)
    assert await stocked.db.write(merge, act, gmail, email) is True


async def test_every_process_is_told_and_the_log_has_both_names(stocked: Books) -> None:
    before = await stocked.db.read(store.version)
    await puts(stocked, "Email Accounts", "Email")
    assert await stocked.db.read(store.version) > before
    act = (await stocked.db.read(list_acts, 0)).rows[0]
    assert (act.action, act.before, act.after) == ("merge category", "Email Accounts", "Email")


async def test_two_operators_at_once_make_no_circle(stocked: Books) -> None:
    email, games = await id_of(stocked, "Email"), await id_of(stocked, "Games")
    other = await stocked.another()

    merged = await all_at_once(
        stocked.db.write(decide.merge_category, stocked.act(), email, games),
        other.db.write(decide.merge_category, other.act(), games, email),
    )
    assert [one for one in merged if one is True] == [True]
    assert [type(one) for one in merged if one is not True] == [CannotPlace]
    assert not (await stocked.db.read(load_tree)).is_circular
