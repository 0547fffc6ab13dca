"""The HTTP side of a pretend supplier: it reads, lets the faults have their way, answers."""

import json
from typing import ClassVar, Protocol

from aiohttp import web

from sandbox.clock import Now
from sandbox.serving import hang_up
from sandbox.suppliers.answers import Answer, Received
from sandbox.suppliers.faults import Ending, Fault, Faults

PATH = "/api/v2"


class Answers(Protocol):
    """What is behind the wire."""

    key_fields: ClassVar[tuple[str, ...]]
    now: Now
    received: list[Received]
    faults: Faults

    def answer(self, received: Received) -> Answer:
        """Do what is asked and answer."""


def supplier_app(world: Answers) -> web.Application:
    """Serve one supplier; stopping the server sets free whoever still hangs."""

    async def converse(request: web.Request) -> web.StreamResponse:
        return await _converse(world, request)

    async def release(_app: web.Application) -> None:
        world.faults.release()

    app = web.Application()
    app.router.add_route("*", PATH, converse)
    app.on_shutdown.append(release)
    return app


async def _converse(world: Answers, request: web.Request) -> web.StreamResponse:
    received = await _read(request, world)
    world.received.append(received)
    if request.method != "POST":
        received.answer = Answer(status=405, body="Method Not Allowed", content_type="text/plain")
        return web.Response(status=405, text="Method Not Allowed", headers={"Allow": "POST"})
    fault = world.faults.take(received.action)
    if fault is None:
        received.answer = world.answer(received)
        return _response(received.answer)
    return await _go_wrong(world, request, received, fault)


async def _go_wrong(
    world: Answers, request: web.Request, received: Received, fault: Fault
) -> web.StreamResponse:
    received.fault = fault.name
    honest = world.answer(received) if fault.acts else Answer()
    answer = fault.spoil(honest)
    if fault.hangs:
        await world.faults.hang(fault.hangs)
    if fault.ending is Ending.CLOSED:
        return hang_up(request)
    if fault.ending is Ending.CUT:
        return await _cut(request, answer)
    if request.transport is not None:  # None: the client has gone while it was kept waiting
        received.answer = answer
    return _response(answer)


def _response(answer: Answer) -> web.Response:
    response = web.Response(
        status=answer.status, body=_bytes_of(answer), headers=dict(answer.headers)
    )
    response.headers["Content-Type"] = f"{answer.content_type}; charset=utf-8"
    return response


def _bytes_of(answer: Answer) -> bytes:
    return answer.body.encode("utf-8", "surrogateescape")


async def _cut(request: web.Request, answer: Answer) -> web.StreamResponse:
    body = _bytes_of(answer)
    response = web.StreamResponse(status=answer.status)
    response.content_type = answer.content_type
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


async def _read(request: web.Request, world: Answers) -> Received:
    params = await _read_params(request)
    keys = [params.pop(name, "") for name in world.key_fields]
    return Received(
        at=world.now(),
        method=request.method,
        action=params.pop("action", ""),
        params=params,
        key=next(filter(None, keys), ""),
        query=request.query_string,
        content_type=request.content_type,
    )


async def _read_params(request: web.Request) -> dict[str, str]:
    """Read a form or a JSON object; anything else has no parameters at all."""
    if request.content_type == "application/json":
        return _json_params(await request.text())
    if request.content_type == "application/x-www-form-urlencoded":
        form = await request.post()
        return {name: said for name, said in form.items() if isinstance(said, str)}
    return {}


def _json_params(text: str) -> dict[str, str]:
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(body, dict):
        return {}
    return {name: str(said) for name, said in body.items() if said is not None}
