"""A supplier's own contacts reach no customer, and what is delivered is never touched."""

from sandbox.suppliers.services import SandboxService
from tests.conversation.catalog.languages.readers import LAYLA, comes
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop

HTML = (
    "<p>Aged <b>mail</b>, 2FA on.</p><p>Support: <a href='https://t.me/accshop'>@accshop</a></p>"
    "<p>Format: <code>login:password:mail@mail.ru</code></p><p>Codes: https://2fa.live/tok</p>"
)
GOODS = "ann:pw:ann@mail.ru:t.me/ann @ann_contact support https://accshop.io"


async def lists_mail(shop: Shop) -> SandboxService:
    arabic = {"name": "بريد | @accshop", "description": "بريد قديم<br>تواصل: t.me/accshop"}
    listed = account(52_001, "Mail, aged | t.me/accshop", "1", description=HTML)
    listed.translations["ar"] = arabic
    listed.goods = lambda _unit: GOODS
    shop.accplanet.put(listed)
    await shop.refreshes()
    return listed


@on_sqlite
async def test_a_card_shows_no_contact_in_any_language(shop: Shop, alice: Human) -> None:
    await lists_mail(shop)
    await alice.sends("/start s_7")
    alice.sees_last("Mail, aged", "Aged mail, 2FA on.", "Format: login:password:mail@mail.ru")
    alice.sees_last("Codes: https://2fa.live/tok")
    await alice.sends("/search aged")
    assert any("Mail, aged" in one for row in alice.card.labels for one in row)
    assert not any("t.me" in one for row in alice.card.labels for one in row)
    alice.sees_nothing_of("accshop", "Support")
    layla = await comes(shop, LAYLA, "ar")
    await shop.works()
    await layla.sends("/start s_7")
    layla.sees_last("بريد قديم")
    layla.sees_nothing_of("accshop", "تواصل")


async def test_what_is_delivered_is_never_altered(shop: Shop, alice: Human, olga: Human) -> None:
    await lists_mail(shop)
    await olga.sends("/topup 11 5")
    await alice.sends("/start s_7")
    await alice.taps("Buy")
    await alice.sends("1")
    await alice.taps("Pay")
    await shop.works()
    await shop.passes(minutes=2)
    alice.sees(GOODS)
    assert not shop.trouble()
