"""People act through the page, and what they cannot do is said in plain words."""

import pytest

from sandbox.world import ALICE, AMIRA, OLGA, World
from tests.sandbox_page.conftest import Page

KEYBOARD = {"inline_keyboard": [[{"text": "Buy", "callback_data": "b:1"}]]}


async def test_the_demo_opens_with_its_four_people(page: Page) -> None:
    people = (await page.state())["people"]
    facts = {person["id"]: (person["language"], person["role"]) for person in people}
    assert facts[ALICE] == ("en", "customer")
    assert facts[AMIRA] == ("ar", "customer")
    assert facts[OLGA] == ("en", "operator")
    assert len(facts) == 4


async def test_what_alice_writes_reaches_the_bot(page: Page, world: World) -> None:
    assert (await page.posts(f"people/{ALICE}/text", text="/start")).status == 200
    [update] = world.telegram.updates.pending
    assert update["message"]["text"] == "/start"
    assert (await page.state())["people"][0]["started"]


@pytest.mark.parametrize("act", ["sticker", "photo", "contact", "forward"])
async def test_alice_sends_other_things_too(page: Page, world: World, act: str) -> None:
    assert (await page.posts(f"people/{ALICE}/{act}", text="words")).status == 200
    assert len(world.telegram.updates.pending) == 1
    assert (await page.state())["chats"][str(ALICE)][0]["mine"]


async def test_a_tap_spins_until_the_bot_answers(page: Page, world: World) -> None:
    await page.posts(f"people/{ALICE}/text", text="/start")
    sent = await page.bot_calls("sendMessage", chat_id=ALICE, text="x", reply_markup=KEYBOARD)

    tapped = await page.posts(f"people/{ALICE}/tap", message=sent["message_id"], tapped="b:1")
    [spin] = (await page.state())["spins"]
    assert spin == {
        "query": tapped.said["query"],
        "chat": ALICE,
        "message": sent["message_id"],
        "tapped": "b:1",
    }
    await page.bot_calls("answerCallbackQuery", callback_query_id=spin["query"])
    assert (await page.state())["spins"] == []
    assert world.telegram.updates.pending[-1]["callback_query"]["data"] == "b:1"


async def test_a_tap_on_a_message_that_is_gone_is_refused(page: Page) -> None:
    answer = await page.posts(f"people/{ALICE}/tap", message=99, tapped="b:1")
    assert (answer.status, answer.said) == (409, {"error": "that message is gone"})


async def test_alice_blocks_the_bot_and_must_come_back_before_she_writes(page: Page) -> None:
    await page.posts(f"people/{ALICE}/text", text="/start")
    assert (await page.posts(f"people/{ALICE}/block")).status == 200
    refused = await page.posts(f"people/{ALICE}/text", text="hello")
    assert refused.status == 409
    assert "blocked the bot" in refused.said["error"]
    await page.posts(f"people/{ALICE}/unblock")
    assert (await page.posts(f"people/{ALICE}/text", text="hello")).status == 200


async def test_somebody_new_gets_the_id_asked_for_or_the_next_free_one(page: Page) -> None:
    first = await page.posts("people", name="Zed", language="tr", id="77")
    second = await page.posts("people", name="Noor", language="ur", username="@noor_1")
    assert (first.status, first.said["id"]) == (201, 77)
    assert second.said["id"] not in (77, ALICE, OLGA)
    assert second.said["username"] == "noor_1"
    assert len((await page.state())["people"]) == 6


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " "}, "name must be a text"),
        ({"name": "A", "language": "??"}, "does not fit"),
        ({"name": "A", "username": "a b"}, "does not fit"),
        ({"name": "A", "id": "-5"}, "id must be a whole number"),
        ({"name": "A", "id": True}, "id must be a whole number"),
        ({"name": "A", "id": ALICE}, "Alice has the id"),
        ({"name": "A" * 65}, "at most 64"),
    ],
)
async def test_nobody_is_born_from_nonsense(
    page: Page, fields: dict[str, object], words: str
) -> None:
    answer = await page.posts("people", **fields)
    assert answer.status in (400, 409)
    assert words in answer.said["error"]
    assert len((await page.state())["people"]) == 4


async def test_strangers_unknown_acts_and_long_texts_are_refused(page: Page) -> None:
    assert (await page.posts("people/5/text", text="x")).status == 404
    assert (await page.posts(f"people/{ALICE}/flies")).status == 404
    assert (await page.posts(f"people/{ALICE}/text", text="x" * 4097)).status == 400
    assert (await page.posts(f"people/{ALICE}/text")).status == 400


async def test_only_json_from_this_machine_is_read(page: Page) -> None:
    url = f"{page.served.url}/api/people/{ALICE}/text"
    async with page.session.post(url, data={"text": "/start"}) as answer:
        assert answer.status == 415
    for body in (b"{", b"[]", b"\xff"):
        headers = {"Content-Type": "application/json"}
        async with page.session.post(url, data=body, headers=headers) as answer:
            assert answer.status == 400
    assert (await page.gets("state", Host="shop.example")).status == 403
