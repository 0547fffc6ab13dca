"""What a rate is for is typed, shown before it counts, and left to the settings again."""

from sandbox.suppliers.timelines import completes
from tests.conversation.human import Human
from tests.conversation.prices.trying import to_category
from tests.conversation.shop import Shop


async def test_a_service_on_a_link_asks_for_the_link_and_then_orders(
    fresh: Shop, olga: Human
) -> None:
    await olga.sends("/basis")
    await olga.taps("hstockplus")
    await olga.taps("Instagram · for 1,000")
    await olga.taps("🧪 Find out with one order")
    await olga.taps("Followers × 100")
    await olga.taps("🧪 Place one order · up to $50.00")
    await olga.taps("🧪 Place one order · up to $50.00")
    olga.sees_last("Send the link that it is for.")
    await olga.sends("http://not-it")
    olga.sees_last("Send the link that it is for.")
    assert await olga.count_orders() == 0
    fresh.hstockplus.plan(completes(5))
    await olga.sends("https://instagram.com/olga")
    await fresh.works()
    await fresh.passes(seconds=30)
    assert fresh.hstockplus.adds_received == 1
    olga.sees("✅ The rate is for 1,000.")


async def test_a_typed_basis_is_shown_before_it_is_set_and_can_be_left_again(
    fresh: Shop, olga: Human, alice: Human
) -> None:
    await to_category(olga)
    await olga.taps("✏️ Another number…")
    for wrong in ("0", "-5", "1.5", "1e9", "10000000", "many"):
        await olga.sends(wrong)
        olga.sees_last("neither a whole number up to 1,000,000 nor “flat”")
    await olga.sends("５００")
    olga.sees_last("Fresh Mail: the rate is for 500", "On sale of these: 0 now, 1 then.")
    await olga.taps("✅ Use this basis")
    await olga.taps("Fresh Mail")
    olga.sees_last("The rate is for 500.", "This was set here.")
    await olga.taps("↩ As the settings say")
    olga.sees_last("On sale of these: 1 now, 0 then.", "$0.12 → not sold")
    await olga.taps("✅ Use this basis")
    await olga.sends("/basis")
    olga.sees_last("⚠️ 1 service has no basis and is not sold.")


async def test_an_open_price_keeps_its_total_when_the_basis_changes(
    fresh: Shop, olga: Human, alice: Human
) -> None:
    await alice.sends("/start")
    for label in ("Catalog", "Email Accounts", "Mailbox", "Buy"):
        await alice.taps(label)
    await alice.sends("3")
    alice.sees_last("$1.08")
    await olga.sends("/basis")
    await olga.taps("hstockplus")
    await olga.taps("Email Accounts · for 1")
    await olga.taps("for 1,000")
    await olga.taps("✅ Use this basis")
    await alice.taps("Pay $1.08")
    assert (await fresh.details()).order.total.micros == 1_080_000
