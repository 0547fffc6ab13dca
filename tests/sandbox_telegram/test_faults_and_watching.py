"""Trouble comes when it was planned, every call is on record, and changes are told."""

import asyncio

import aiohttp
import pytest

from sandbox.serving import Served
from sandbox.telegram import (
    CannotDo,
    Change,
    Garbage,
    LostAfter,
    LostBefore,
    Person,
    Refuse,
    ServerError,
    TelegramWorld,
    WaitFor,
)
from tests.sandbox_telegram.conftest import TOKEN, Api


async def test_a_server_error_does_nothing_and_speaks_json_or_html(
    api: Api,
    world: TelegramWorld,
    alice: Person,
) -> None:
    world.faults.next("sendMessage", ServerError(500))
    world.faults.next("sendMessage", ServerError(502, html=True))

    refusal = await api.refusal("sendMessage", chat_id=7, text="x")
    assert refusal == "Internal Server Error"
    url = f"{api.url}/bot{TOKEN}/sendMessage"
    async with api.session.post(url, json={"chat_id": 7, "text": "x"}) as answer:
        assert answer.status == 502
        assert "<h1>502 Bad Gateway</h1>" in await answer.text()
    assert alice.messages == ()


async def test_a_lost_reply_hides_whether_the_act_was_done(
    api: Api,
    world: TelegramWorld,
    alice: Person,
) -> None:
    world.faults.next("sendMessage", LostBefore())
    world.faults.next("sendMessage", LostAfter())
    for text in ("before", "after"):
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await api.calls("sendMessage", chat_id=7, text=text)
    assert [message.text for message in alice.messages] == ["after"]
    assert [call.fault for call in world.calls] == ["LostBefore", "LostAfter"]


async def test_somebody_else_may_answer_in_telegrams_place(
    api: Api,
    world: TelegramWorld,
    alice: Person,
) -> None:
    world.faults.next("sendMessage", Garbage())

    url = f"{api.url}/bot{TOKEN}/sendMessage"
    async with api.session.post(url, json={"chat_id": 7, "text": "x"}) as answer:
        assert (answer.status, "sign in" in await answer.text()) == (200, True)
    assert alice.messages == ()
    assert [call.fault for call in world.calls] == ["Garbage"]


async def test_a_fault_hits_one_chat_so_many_times_or_until_it_is_cleared(
    api: Api,
    world: TelegramWorld,
    alice: Person,
) -> None:
    olga = world.person(1, "Olga")
    olga.has_started = True
    world.faults.next("sendMessage", Refuse(400, "Bad Request: no"), times=2, chat_id=7)
    await api.result("sendMessage", chat_id=1, text="x")
    for _ in range(2):
        assert await api.refusal("sendMessage", chat_id=7, text="x") == "Bad Request: no"
    await api.result("sendMessage", chat_id=7, text="x")

    world.faults.keep("*", ServerError(502))
    for method in ("getMe", "sendMessage", "getUpdates"):
        assert await api.refusal(method, chat_id=7, text="x") == "Bad Gateway"
    world.faults.clear()
    await api.result("getMe")
    assert (len(alice.messages), len(olga.messages)) == (1, 1)


async def test_a_call_can_be_made_to_wait(api: Api, world: TelegramWorld, alice: Person) -> None:
    gate = WaitFor()
    world.faults.next("sendMessage", gate)
    async with asyncio.TaskGroup() as group:
        slow = group.create_task(api.result("sendMessage", chat_id=7, text="slow"))
        async with asyncio.timeout(60):
            await gate.reached.wait()
        await api.result("sendMessage", chat_id=7, text="quick")
        gate.event.set()
    assert slow.done()
    assert [message.text for message in alice.messages] == ["quick", "slow"]


async def test_every_call_is_on_record_with_decoded_arguments(
    api: Api,
    world: TelegramWorld,
    alice: Person,
) -> None:
    url = f"{api.url}/bot{TOKEN}/sendMessage"
    form = {"chat_id": "7", "text": "x", "reply_markup": '{"remove_keyboard": true}'}
    async with api.session.post(url, data=form) as answer:
        assert answer.status == 200
    async with api.session.get(f"{url}?chat_id=8&text=y") as answer:
        assert answer.status == 400

    sent, refused = world.calls_of("sendmessage")
    assert sent.params["reply_markup"] == {"remove_keyboard": True}
    assert sent.answer["text"] == "x"
    assert sent.refusal is None
    assert (refused.chat_id, refused.answer) == (8, None)
    assert refused.refusal == "Bad Request: chat not found"
    assert alice.last_message.other_markup == {"remove_keyboard": True}


async def test_watchers_hear_of_each_change_until_they_leave(
    api: Api,
    world: TelegramWorld,
    alice: Person,
) -> None:
    heard: list[str] = []

    def watch(change: Change) -> None:
        heard.append(change.kind)

    leave = world.subscribe(watch)
    sent = await api.result("sendMessage", chat_id=7, text="x")
    place = {"chat_id": 7, "message_id": sent["message_id"]}
    await api.result("editMessageText", text="y", **place)
    await api.result("deleteMessage", **place)
    leave()
    alice.sends("bye")
    assert heard == ["sent", "call", "edited", "call", "deleted", "call"]


async def test_a_person_waits_for_a_message_and_says_what_they_saw_instead(
    api: Api,
    alice: Person,
) -> None:
    await api.result("sendMessage", chat_id=7, text="something else")
    with pytest.raises(CannotDo, match="something else"):
        await alice.waits_for(lambda said: said.text == "hello", timeout_s=0.01)
    async with asyncio.TaskGroup() as group:
        waits = group.create_task(alice.waits_for(lambda said: said.text == "hello"))
        await api.result("sendMessage", chat_id=7, text="hello")
    assert waits.result() is alice.last_message


async def test_the_server_comes_back_on_the_same_port_with_the_same_world(
    api: Api,
    site: Served,
    alice: Person,
) -> None:
    await api.result("sendMessage", chat_id=7, text="x")
    await site.go_down()
    assert not site.is_up
    with pytest.raises(aiohttp.ClientConnectionError):
        await api.calls("getMe")
    await site.come_back()
    assert await api.result("getMe")
    assert len(alice.messages) == 1


async def test_going_down_ends_a_waiting_poll(
    api: Api,
    site: Served,
    world: TelegramWorld,
) -> None:
    async def polls_in_vain() -> None:
        with pytest.raises(aiohttp.ClientConnectionError):
            await api.calls("getUpdates", timeout=50)

    async with asyncio.TaskGroup() as group:
        group.create_task(polls_in_vain())
        await world.updates.until_polled()
        await site.go_down()
    assert not world.updates.is_polled
