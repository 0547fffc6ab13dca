"""The Bot API over HTTP: reads a call, lets planned trouble happen, answers and records it."""

from __future__ import annotations

import asyncio
import hmac
import inspect
from collections.abc import AsyncIterator
from typing import Any, Final

from aiohttp import web

from sandbox.serving import hang_up
from sandbox.telegram.bodies import read_request
from sandbox.telegram.calls import Call
from sandbox.telegram.courier import Courier
from sandbox.telegram.faults import (
    Delay,
    Fault,
    Garbage,
    LostAfter,
    LostBefore,
    Refuse,
    RetryAfter,
    ServerError,
    WaitFor,
)
from sandbox.telegram.methods import METHODS
from sandbox.telegram.params import Params, Upload
from sandbox.telegram.refusals import Refusal, flood, not_found, unauthorized
from sandbox.telegram.world import TelegramWorld

_BAD_GATEWAY_PAGE: Final = (
    "<html>\r\n<head><title>{code} Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>{code} Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n"
    "</body>\r\n</html>\r\n"
)
_SERVER_WORDS: Final = {500: "Internal Server Error", 502: "Bad Gateway"}


def telegram_app(world: TelegramWorld) -> web.Application:
    """Build an application that is nothing but the Bot API."""
    app = web.Application()
    add_telegram(app, world)
    return app


def add_telegram(app: web.Application, world: TelegramWorld) -> None:
    """Add the Bot API to an application; as long as it runs, webhooks are served too."""
    desk = BotApi(world)
    app.router.add_route("*", "/bot{token}/{method}", desk.answer)
    app.router.add_get("/file/bot{token}/{path:.+}", desk.download)
    app.cleanup_ctx.append(desk.carry_updates)


class BotApi:
    """The HTTP side of one world."""

    def __init__(self, world: TelegramWorld) -> None:
        self._world = world

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one call of a method."""
        method = request.match_info["method"]
        fields: dict[str, Any] = {}
        try:
            self._check_token(request)
            fields = await read_request(request)
            params = Params(fields)
        except Refusal as refusal:
            self._record(method, fields, refusal)
            return _refused(refusal)
        fault = self._world.faults.find_due(method, params.find_whole("chat_id"))
        return await self._troubled(request, params, fault)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Answer the bytes of a file."""
        try:
            self._check_token(request)
        except Refusal as refusal:
            return _refused(refusal)
        wanted = request.match_info["path"]
        for file in self._world.files.values():
            if file.path == wanted:
                return web.Response(body=file.content)
        return _refused(not_found())

    async def perform(self, method: str, fields: dict[str, Any]) -> None:
        """Do what a webhook's answer asked for; only the record tells how it went."""
        try:
            params = Params(fields)
        except Refusal as refusal:
            self._record(method, fields, refusal)
            return
        await self._performed(method, params, None)

    async def carry_updates(self, _: web.Application) -> AsyncIterator[None]:
        """Post updates to the webhook while the application runs."""
        courier = Courier(self._world, self.perform)
        async with asyncio.TaskGroup() as group:
            running = group.create_task(courier.run())
            yield
            running.cancel()

    async def _troubled(
        self,
        request: web.Request,
        params: Params,
        fault: Fault | None,
    ) -> web.StreamResponse:
        method = request.match_info["method"]
        if isinstance(fault, Delay):
            await asyncio.sleep(fault.seconds)
        elif isinstance(fault, WaitFor):
            fault.reached.set()
            await fault.event.wait()
        elif isinstance(fault, LostBefore | Garbage):
            self._record(method, params.fields, None, fault=fault)
            return _foreign(fault) if isinstance(fault, Garbage) else hang_up(request)
        elif isinstance(fault, (ServerError, RetryAfter, Refuse)):
            refusal = _planned(fault)
            self._record(method, params.fields, refusal, fault=fault)
            return _page(fault) if _is_page(fault) else _refused(refusal)
        done = await self._performed(method, params, fault)
        return hang_up(request) if isinstance(fault, LostAfter) else done

    async def _performed(self, method: str, params: Params, fault: Fault | None) -> web.Response:
        answer: Any = None
        try:
            if method.lower() not in METHODS:
                raise not_found()
            answer = METHODS[method.lower()](self._world, params)
            if inspect.isawaitable(answer):
                answer = await answer
        except Refusal as refusal:
            self._record(method, params.fields, refusal, fault=fault)
            return _refused(refusal)
        self._record(method, params.fields, None, answer=answer, fault=fault)
        return web.json_response({"ok": True, "result": answer})

    def _check_token(self, request: web.Request) -> None:
        given = request.match_info["token"].encode()
        if not hmac.compare_digest(given, self._world.token.encode()):
            raise unauthorized()

    def _record(
        self,
        method: str,
        fields: dict[str, Any],
        refusal: Refusal | None,
        *,
        answer: Any = None,
        fault: Fault | None = None,
    ) -> None:
        words = refusal.description if refusal else None
        trouble = type(fault).__name__ if fault else None
        at = self._world.now()
        self._world.record(Call(method, _shown(fields), answer, words, at, trouble))


def _shown(fields: dict[str, Any]) -> dict[str, Any]:
    """Answer the arguments for the record; uploads stay objects with a name and bytes."""
    attached = {
        value.removeprefix("attach://")
        for value in fields.values()
        if isinstance(value, str) and value.startswith("attach://")
    }
    return {
        name: _resolved(fields, value) for name, value in fields.items() if name not in attached
    }


def _resolved(fields: dict[str, Any], value: Any) -> Any:
    if isinstance(value, str) and value.startswith("attach://"):
        found = fields.get(value.removeprefix("attach://"))
        return found if isinstance(found, Upload) else value
    return value


def _planned(fault: ServerError | RetryAfter | Refuse) -> Refusal:
    if isinstance(fault, RetryAfter):
        return flood(fault.seconds)
    if isinstance(fault, Refuse):
        return Refusal(fault.code, fault.description)
    return Refusal(fault.code, _SERVER_WORDS.get(fault.code, "Internal Server Error"))


def _is_page(fault: ServerError | RetryAfter | Refuse) -> bool:
    return isinstance(fault, ServerError) and fault.html


def _page(fault: ServerError | RetryAfter | Refuse) -> web.Response:
    code = fault.code if isinstance(fault, ServerError) else 502
    text = _BAD_GATEWAY_PAGE.format(code=code)
    return web.Response(status=code, text=text, content_type="text/html")


def _foreign(fault: Garbage) -> web.Response:
    return web.Response(text=fault.body, content_type="text/html")


def _refused(refusal: Refusal) -> web.Response:
    return web.json_response(refusal.as_reply(), status=refusal.code)
