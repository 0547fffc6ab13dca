"""/audit proves the books in one message."""

from sqlalchemy import text

from bot.db.tx import Tx
from tests.conversation.desk.test_roles import becomes
from tests.conversation.human import ALICE, BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


async def test_the_books_are_proved_in_one_line(shop: Shop, alice: Human, olga: Human) -> None:
    before = len(olga.person.messages)
    await olga.sends("/audit")
    olga.sees_last("✅ Books are right: 1 transfer, 2 accounts, sum $0.00")
    assert len(olga.person.messages) == before + 1
    assert not shop.trouble()


@on_sqlite
async def test_viewers_may_and_the_desk_leads_there(shop: Shop, boris: Human, olga: Human) -> None:
    await becomes(olga, BORIS, "viewer")
    await boris.sends("/desk")
    await boris.taps("🧮 Prove the books")
    boris.sees_last("✅ Books are right: 0 transfers")
    await becomes(olga, BORIS, "cashier")
    await boris.sends("/audit")
    assert "Books are right" not in boris.card.text


@on_sqlite
async def test_what_is_wrong_is_said_in_plain_words(shop: Shop, alice: Human, olga: Human) -> None:
    await shop.kiosk.db.write(_harm)
    await olga.sends("/audit")
    olga.sees_last("do not balance", f"customer:{ALICE} shows 11")


def _harm(tx: Tx) -> None:
    for [name] in tx.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        tx.execute(text(f"DROP TRIGGER {name}"))
    account = {"name": f"customer:{ALICE}"}
    tx.execute(text("UPDATE accounts SET balance = 11000000 WHERE account = :name"), account)
