"""What the shop does not sell before an owner says otherwise."""

from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop

MESSENGERS = {"category": "Messengers", "subcategory": "Telegram"}


async def lists_sessions(shop: Shop) -> None:
    shop.accplanet.put(account(51_001, "Telegram session +84", "1", **MESSENGERS))
    shop.accplanet.put(account(51_002, "Telegram, tdata, USA", "1", **MESSENGERS))
    shop.accplanet.put(account(51_003, "Telegram Premium, gift link", "1", **MESSENGERS))
    await shop.refreshes()


def found(human: Human, name: str) -> bool:
    return any(name in one for row in human.card.labels for one in row)


async def test_an_owner_sells_it_all_the_same_and_takes_that_back(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await lists_sessions(shop)
    await alice.sends("/search telegram")
    assert found(alice, "Telegram Premium, gift link")
    assert not found(alice, "session")
    await olga.sends("/suppliers")
    olga.sees_last("2: kept off by the list that the shop comes with")

    await olga.sends("/hide")
    olga.sees_last("2 services are kept off by the list that the shop comes with.")
    await olga.taps("What the list keeps off")
    olga.sees_last("2: Telegram accounts and login codes: Telegram closes bots that sell them")
    await olga.taps("Telegram session +84")
    olga.sees_last("1 service is on the list of what the shop does not sell:")
    await olga.taps("Sell them all the same…")
    olga.sees_last("Sell 1 service of #7 Telegram session +84 in spite of the list?")
    olga.sees_last("Telegram closes bots", "written into the log under your name")
    assert not [one for one in await shop.acts_audited() if "spite" in one[1]]
    await olga.taps("⚠️ Sell them")
    olga.sees_last("✅ Changed.", "⚠️ #7 Telegram session +84: 1, sold in spite of the list")
    olga.sees_last("1 service is kept off")
    await shop.refreshes()
    await alice.sends("/search telegram session")
    assert found(alice, "Telegram session +84")
    assert not found(alice, "tdata")

    await olga.taps("↩ Undo: #7")
    olga.sees_last("Let the list keep #7 Telegram session +84 off the shelf again?")
    await olga.taps("↩ Undo")
    olga.sees_last("Nothing is hidden by hand.", "2 services are kept off")
    await alice.sends("/search telegram session")
    assert not found(alice, "Telegram session +84")
    await olga.sends("/log")
    olga.sees_last("sells what the shop's list keeps off the shelf · service 7")
    olga.sees_last("kept off by the list → sold in spite of the list")
    olga.sees_last("sold in spite of the list → kept off by the list")
    assert not shop.trouble()


@on_sqlite
async def test_showing_what_was_hidden_by_hand_overrules_no_list(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await lists_sessions(shop)
    await olga.sends("/hide Telegram")
    await olga.taps("🙈 Hide")
    olga.sees_last("🙈 Messengers › Telegram: 3")
    await olga.sends("/show Telegram")
    olga.sees_last("1 service would be back:", "Telegram Premium, gift link")
    olga.sees_last("2 services are on the list of what the shop does not sell:")
    await olga.taps("👁 Show 1")
    await alice.sends("/search telegram")
    assert found(alice, "gift link")
    assert not found(alice, "session")
