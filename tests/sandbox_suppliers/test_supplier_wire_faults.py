"""Every fault of the wire reaches the client as it would from a real, broken server."""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from sandbox.serving import serve
from sandbox.suppliers import AccPlanetWorld
from sandbox.suppliers import wire_faults as wire
from sandbox.suppliers.faults import ANY, Fault


@pytest.mark.parametrize(
    ("fault", "status", "kind", "body"),
    [
        (wire.server_error(500), 500, "application/json", "Internal server error"),
        (wire.server_error(502), 502, "application/json", "error"),
        (wire.html_page(), 200, "text/html", "<html>"),
        (wire.html_page(503, "Bad gateway"), 503, "text/html", "Bad gateway"),
        (wire.error_text("Conflict", 409), 409, "application/json", "Conflict"),
        (wire.error_text("Locked", 423), 423, "application/json", "Locked"),
        (wire.throttle(html=True), 429, "text/html", "Too Many"),
        (wire.custom(418, "teapot", "text/plain"), 418, "text/plain", "teapot"),
    ],
)
async def test_a_failing_answer_does_nothing(
    accplanet: Any, fault: Fault, status: int, kind: str, body: str
) -> None:
    accplanet.world.faults.next("add", fault)
    said = await accplanet.asks("add", service=10042)
    assert said.status == status
    assert said.headers["Content-Type"].startswith(kind)
    assert body in said.text
    assert (accplanet.world.adds_received, accplanet.world.orders_placed) == (1, 0)


async def test_any_fault_can_be_told_to_act(accplanet: Any) -> None:
    accplanet.world.faults.next("add", wire.server_error(504).after_acting())
    assert (await accplanet.asks("add", service=10042)).status == 504
    assert accplanet.world.orders_placed == 1


@pytest.mark.parametrize(("after", "headers"), [("3", {"Retry-After": "3"}), (None, {})])
async def test_a_throttle_may_say_when_to_come_back(
    accplanet: Any, after: str | None, headers: dict[str, str]
) -> None:
    accplanet.world.faults.next("balance", wire.throttle(after))
    said = await accplanet.asks("balance")
    assert (said.status, "error" in said.payload) == (429, True)
    assert {k: v for k, v in said.headers.items() if k == "Retry-After"} == headers


@pytest.mark.parametrize("status", [302, 307])
async def test_a_redirect_leads_back_so_that_following_it_is_seen(
    accplanet: Any, status: int
) -> None:
    accplanet.world.faults.next("add", wire.redirect(status))
    said = await accplanet.asks("add", service=10042)
    assert (said.status, said.headers["Location"]) == (status, "/api/v2")


@pytest.mark.parametrize(
    "fault", [wire.broken_json(), wire.truncated_json(), wire.empty_body()], ids=lambda f: f.name
)
async def test_an_unreadable_answer_hides_an_order_that_was_placed(
    accplanet: Any, fault: Fault
) -> None:
    accplanet.world.faults.next("add", fault)
    said = await accplanet.asks("add", service=10042)
    assert (said.status, said.payload) == (201, None)
    assert accplanet.world.orders_placed == 1


async def test_bytes_that_are_no_text_leave_as_they_are(accplanet: Any) -> None:
    accplanet.world.faults.next("balance", wire.raw(b"\xff\x00\x07"))
    accplanet.world.faults.next("balance", wire.between(b"\x01", b"\xe9"))
    form = {"key": accplanet.world.key, "action": "balance"}
    bodies = []
    for _ in range(2):
        async with accplanet.session.post(accplanet.url, data=form) as answer:
            bodies.append(await answer.read())
    assert bodies[0] == b"\xff\x00\x07"
    assert (bodies[1][:1], bodies[1][-1:], b'"balance"' in bodies[1]) == (b"\x01", b"\xe9", True)


@pytest.mark.parametrize("payload", [[], ["order"], "order", 7, None, True])
async def test_json_that_is_no_object_can_be_answered(accplanet: Any, payload: object) -> None:
    accplanet.world.faults.next("add", wire.not_an_object(payload))
    assert (await accplanet.asks("add", service=10042)).payload == payload


@pytest.mark.parametrize(
    ("fault", "placed"),
    [(wire.lost_reply(), 1), (wire.dropped_before(), 0), (wire.cut_midway(), 1)],
    ids=lambda v: v.name if isinstance(v, Fault) else None,
)
async def test_a_broken_connection_answers_nothing(
    accplanet: Any, fault: Fault, placed: int
) -> None:
    accplanet.world.faults.next("add", fault)
    with pytest.raises(aiohttp.ClientError):
        await accplanet.asks("add", service=10042)
    assert (accplanet.world.adds_received, accplanet.world.orders_placed) == (1, placed)
    assert accplanet.world.received[0].answer is None
    assert accplanet.world.received[0].fault == fault.name


async def test_a_hanging_request_goes_on_when_released(accplanet: Any) -> None:
    faults = accplanet.world.faults
    faults.next("add", wire.hang())
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(accplanet.asks("add", service=10042))
        await faults.somebody_hangs()
        assert (accplanet.world.orders_placed, faults.hanging) == (1, 1)
        faults.release()
    assert (asking.result().status, faults.hanging) == (201, 0)


async def test_a_hanging_request_ends_by_itself_after_its_time(accplanet: Any) -> None:
    accplanet.world.faults.next("balance", wire.hang(timedelta(milliseconds=5)))
    assert (await accplanet.asks("balance")).status == 200


async def test_a_client_that_gives_up_leaves_an_order_behind(accplanet: Any) -> None:
    accplanet.world.faults.next("add", wire.hang())
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(accplanet.asks("add", service=10042))
        await accplanet.world.faults.somebody_hangs()
        asking.cancel()
    await accplanet.asks("balance")  # by its answer the server has seen who left before
    accplanet.world.faults.release()
    await accplanet.asks("balance")
    assert accplanet.world.orders_placed == 1
    assert accplanet.world.received_of("add")[0].answer is None


async def test_stopping_the_server_lets_go_of_whoever_hangs(clock: Any, session: Any) -> None:
    world = AccPlanetWorld(now=clock)
    world.faults.next("balance", wire.hang())
    async with asyncio.timeout(60), asyncio.TaskGroup() as group, serve(world.app()) as site:
        group.create_task(_is_hung_up_on(session, f"{site.url}/api/v2"))
        await world.faults.somebody_hangs()
    assert world.faults.hanging == 0


async def _is_hung_up_on(session: aiohttp.ClientSession, url: str) -> None:
    with pytest.raises(aiohttp.ClientError):
        await session.post(url, data={"action": "balance"})


async def test_next_goes_before_always_and_clearing_forgets_both(accplanet: Any) -> None:
    faults = accplanet.world.faults
    faults.always(ANY, wire.server_error(500))
    faults.always("balance", wire.server_error(501))
    faults.next("balance", wire.server_error(502), times=2)
    faults.next(ANY, wire.server_error(503))
    statuses = [(await accplanet.asks("balance")).status for _ in range(5)]
    assert statuses == [502, 502, 503, 501, 501]
    assert (await accplanet.asks("services")).status == 500
    faults.next("balance", wire.server_error(502))
    faults.clear()
    assert (await accplanet.asks("balance")).status == 200


async def test_a_supplier_that_is_down_refuses_connections_and_keeps_its_state(
    accplanet: Any,
) -> None:
    order = await accplanet.orders(10042)
    await accplanet.site.go_down()
    with pytest.raises(aiohttp.ClientConnectorError):
        await accplanet.asks("balance")
    await accplanet.site.come_back()
    assert (await accplanet.status(order))["status"] == "In progress"
    assert accplanet.world.orders_placed == 1
