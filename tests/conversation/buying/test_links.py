"""Links: those that customers type for social services, and those that open a card."""

from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop

pytestmark = on_sqlite

NORMALISED = {
    "https://instagram.com/alice": "https://instagram.com/alice",
    "  https://Instagram.COM/Alice  ": "https://instagram.com/Alice",
    "HTTPS://instagram.com/p/x?y=1#z": "https://instagram.com/p/x?y=1#z",
    "instagram.com/alice": "https://instagram.com/alice",
    "www.instagram.com/reel/Cx1_-y/": "https://www.instagram.com/reel/Cx1_-y/",
    "@alice": "https://instagram.com/alice",
    " @alice.b_1 ": "https://instagram.com/alice.b_1",
}
REFUSED = {
    "http://instagram.com/alice": "Only links that start with https:// can be used.",
    "ftp://example.com/x": "Only links that start with https:// can be used.",
    "tg://resolve.me/x": "Only links that start with https:// can be used.",
    "javascript:alert(1)": "That is not a link",
    "javascript:alert(document.cookie)": "That is not a link",
    "https://exam ple.com/x": "That is not a link",
    "https://example.com/a b": "That is not a link",
    "https://localhost/x": "That is not a link",
    "https://user:password@example.com/": "That is not a link",
    "https://": "That is not a link",
    "@alice and more": "That is not a link",
    "https://127.0.0.1/x": "That address cannot be reached from the internet.",
    "https://shop.local/x": "That address cannot be reached from the internet.",
    "https://пример.рф/путь": "This service works on Instagram: please send a link like"
    " https://instagram.com/name",
    "https://instagram.com.example.com/alice": "This service works on Instagram",
    "https://tiktok.com/@alice": "This service works on Instagram",
    "https://instagram.com": "This page of Instagram does not fit this service",
    "https://instagram.com/accounts/login": "This page of Instagram does not fit this service",
    "https://instagram.com:8443/alice": "This page of Instagram does not fit this service",
    "alice": "That is not a link",
    "https://instagram.com/" + "x" * 500: "That link is too long; 500 characters is the most.",
}


async def goes_to_the_link(alice: Human) -> None:
    await alice.sends("/catalog")
    await alice.taps("Instagram (1)")
    await alice.taps("Followers ·")
    await alice.taps("Buy")
    await alice.sends("100")
    alice.sees_last("Which link?", "Followers", "https://instagram.com/name", "Quantity: 100")
    alice.sees_last("Only links to Instagram work here, or a name such as @name.")


async def test_a_link_is_shown_back_in_its_normal_form(shop: Shop, alice: Human) -> None:
    for typed, normal in NORMALISED.items():
        await goes_to_the_link(alice)
        await alice.sends(typed)
        alice.sees_last("Please check your order", f"Link: {normal}\n", "Total: $0.06")
    assert not shop.trouble()


async def test_what_is_no_https_link_is_refused_and_the_step_stays_open(
    shop: Shop, alice: Human
) -> None:
    await goes_to_the_link(alice)
    for typed, reason in REFUSED.items():
        await alice.sends(typed)
        alice.sees_last("Nothing was charged.", reason, "Which link?")

    await alice.sends("https://instagram.com/x")
    alice.sees_last("Please check your order", "Link: https://instagram.com/x\n")
    assert not shop.trouble()


async def test_the_link_arrives_at_the_supplier_as_it_was_shown(shop: Shop, alice: Human) -> None:
    await goes_to_the_link(alice)
    await alice.sends("instagram.com/Alice?x=1&y=2")
    await alice.taps("Pay")
    await shop.works()

    alice.sees_last("Order #1", "Link: https://instagram.com/Alice?x=1&y=2")
    assert shop.hstockplus.last_order.link == "https://instagram.com/Alice?x=1&y=2"
    assert shop.hstockplus.last_order.quantity == 100
    assert await shop.proof() == ()


async def test_back_from_the_link_keeps_the_quantity(shop: Shop, alice: Human) -> None:
    await goes_to_the_link(alice)
    await alice.taps("Back")
    alice.sees_last("How many?")
    await alice.taps("Continue")
    alice.sees_last("Which link?")


async def test_a_service_that_names_no_network_takes_any_public_link(
    shop: Shop, alice: Human
) -> None:
    shop.hstockplus.put(
        account(82, "Reviews", "0.70", category="Email Accounts", subcategory="", entity_type=None)
    )
    await shop.leaps(1, minutes=3)
    for typed, answer in {
        "@alice": "That is not a link",
        "10.0.0.1/x": "That address cannot be reached from the internet.",
        "example.com:8443/a": "Link: https://example.com:8443/a\n",
    }.items():
        await alice.sends("/catalog")
        await alice.taps("Email Accounts")
        await alice.taps("Reviews")
        await alice.taps("Buy")
        await alice.sends("1")
        await alice.sends(typed)
        alice.sees_last(answer)
        alice.sees_nothing_of("Only links to")
