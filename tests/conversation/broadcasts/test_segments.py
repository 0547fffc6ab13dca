"""Who gets a broadcast: by language, last visit, purchases and balance, and by all of them."""

from sandbox.suppliers.timelines import completes
from tests.conversation.broadcasts.mailing import WORDS, got
from tests.conversation.human import Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


async def _opens(olga: Human, words: str = WORDS) -> None:
    """Olga has a draft and looks at who gets it."""
    await olga.sends(f"/broadcast {words}")
    await olga.taps("Who gets it")


async def _has_bought(shop: Shop, alice: Human) -> int:
    """Alice has bought an account; the service's number."""
    shop.accplanet.plan(completes(2), ["ann:1"])
    await alice.buys(quantity="1")
    await shop.passes(minutes=1)
    services = shop.kiosk.shop.shelf.now.services()
    return next(one.id for one in services if one.listed.name == "Aged account")


@on_sqlite
async def test_languages_are_chosen_and_taken_out_again(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    carla = person(shop, 55, "Carla", language="de")
    await carla.sends("/start")
    await _opens(olga)
    olga.sees_last("Everybody", "4 customers get it.")
    await olga.taps("Language")
    await olga.taps("Deutsch")
    await olga.taps("Back")
    olga.sees_last("Reads: Deutsch", "1 customer gets it.")
    await olga.taps("Language")
    await olga.taps("English")
    await olga.taps("Back")
    olga.sees_last("4 customers get it.")
    await olga.taps("✖ Anybody")
    olga.sees_last("Everybody")


async def test_a_service_a_category_and_a_balance_are_asked_of_them_all_at_once(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    service = await _has_bought(shop, alice)
    await _opens(olga)
    for typed, said in (
        ("#999999", "No service has this number."),
        ("Nothing like it", "There is no category of that name."),
        (f"#{service}", "Has bought: Aged account"),
    ):
        if olga.card.find_button("Has bought") is not None:
            await olga.taps("Has bought")
        await olga.sends(typed)
        olga.sees_last(said)
    for typed, count in (("Email Accounts", "0 customers get"), ("Social", "1 customer gets")):
        await olga.taps("Has bought")
        await olga.sends(typed)
        olga.sees_last(f"Has bought: {typed}", count)

    await olga.taps("Balance")
    await olga.sends("lots")
    olga.sees_last("That is not an amount.")
    for typed, count in (("50", "0 customers get"), ("5", "1 customer gets")):
        if olga.card.find_button("Balance") is not None:
            await olga.taps("Balance")
        await olga.sends(typed)
        olga.sees_last(f"Has a balance above ${typed}.00", count)
    await olga.taps("Back")
    await olga.taps("Send to 1")
    await olga.taps("Yes, send it")
    await shop.works()
    await shop.looks()
    assert [got(one) for one in (alice, boris, olga)] == [1, 0, 0]
    assert not shop.trouble()


@on_sqlite
async def test_who_was_not_here_for_long_gets_none(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await shop.leaps(1, days=10)
    await boris.sends("/start")
    await olga.sends(f"/broadcast {WORDS}")
    await olga.taps("Who gets it")
    await olga.taps("Last here")
    await olga.sends("-3")
    olga.sees_last("Please type a whole number of days.")
    await olga.taps("7")
    olga.sees_last("Was here within the last 7 days", "2 customers get it.")
    await olga.taps("Last here")
    await olga.sends("12")
    olga.sees_last("Was here within the last 12 days", "3 customers get it.")
