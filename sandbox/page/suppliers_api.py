"""What the page lets a supplier do: deliver, cancel, break, change its prices and its mind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aiohttp import web

from sandbox.page.asked import Asked, impossible, missing, read_asked
from sandbox.page.stage import Stage
from sandbox.page.stall import Stall
from sandbox.page.supplier_views import NUMBER_OVER, is_over, service_view, shelf_view, stall_view
from sandbox.suppliers.numbers import SandboxNumber
from sandbox.suppliers.orders import SandboxOrder

_STOCK_MAX: Final = 10_000_000
_CODE_MAX: Final = 32

OrderAct = Callable[[SandboxOrder, Asked], None]
NumberAct = Callable[[SandboxNumber, Asked], None]
Steer = Callable[[Stall, Asked], Awaitable[None]]


def _stops_partly(order: SandboxOrder, asked: Asked) -> None:
    most = order.quantity - 1
    given = asked.find_whole("delivered", 0, most)
    order.partial(min(order.stage.delivered, most) if given is None else given)


ORDER_ACTS: Final[Mapping[str, OrderAct]] = {
    "deliver": lambda order, _: order.deliver_one(),
    "complete": lambda order, _: order.complete(),
    "partial": _stops_partly,
    "cancel": lambda order, _: order.cancel(),
    "stall": lambda order, _: order.stall(),
    "fail": lambda order, _: order.fail(),
}
NUMBER_ACTS: Final[Mapping[str, NumberAct]] = {
    "code": lambda number, asked: number.give_code(asked.find_text("code", _CODE_MAX) or "48213"),
    "expire": lambda number, _: number.expire(),
    "cancel": lambda number, _: number.cancel(),
}


async def _sets_balance(stall: Stall, asked: Asked) -> None:
    stall.world.balance = asked.amount("balance")


async def _sets_pace(stall: Stall, asked: Asked) -> None:
    stall.keep_pace(asked.text("pace"))


async def _moves_the_door(stall: Stall, asked: Asked) -> None:
    await stall.open_door(is_up=asked.flag("up"))


async def _changes_the_lock(stall: Stall, asked: Asked) -> None:
    stall.take_key(is_right=asked.flag("key_ok"))


async def _breaks(stall: Stall, asked: Asked) -> None:
    stall.break_once(asked.text("breakage"))


async def _mends(stall: Stall, _asked: Asked) -> None:
    stall.mend()


STEERS: Final[Mapping[str, Steer]] = {
    "balance": _sets_balance,
    "pace": _sets_pace,
    "door": _moves_the_door,
    "key": _changes_the_lock,
    "break": _breaks,
    "mend": _mends,
}


class SuppliersApi:
    """The suppliers of one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def routes(self) -> list[web.RouteDef]:
        """The addresses."""
        place = "/suppliers/{stall:[a-z]+}"
        return [
            web.get(f"{place}/shelf", self.shelf),
            web.post(f"{place}/shelf/{{service}}", self.change_service),
            web.post(f"{place}/orders/{{order}}/{{act:[a-z]+}}", self.steer_order),
            web.post(f"{place}/numbers/{{number}}/{{act:[a-z]+}}", self.steer_number),
            web.post(f"{place}/{{steer:[a-z]+}}", self.steer),
        ]

    async def shelf(self, request: web.Request) -> web.Response:
        """Look through what is on sale."""
        return web.json_response(shelf_view(self._stall(request), request.query.get("q", "")))

    async def change_service(self, request: web.Request) -> web.Response:
        """Change stock, price, or whether it is listed."""
        asked = await read_asked(request)
        stall = self._stall(request)
        service = stall.world.services.get(request.match_info["service"])
        if service is None:
            raise missing("there is no such service")
        stock = asked.find_whole("stock", 0, _STOCK_MAX)
        rate = asked.amount("rate") if asked.has("rate") else service.rate
        listed = asked.flag("listed") if asked.has("listed") else service.listed
        service.rate, service.listed = rate, listed
        service.stock = service.stock if stock is None else stock
        return web.json_response(service_view(service))

    async def steer_order(self, request: web.Request) -> web.Response:
        """Decide what becomes of an order."""
        asked = await read_asked(request)
        stall = self._stall(request)
        order = stall.world.orders.get(request.match_info["order"])
        act = ORDER_ACTS.get(request.match_info["act"])
        if order is None or act is None:
            raise missing("there is no such order, or nothing like that to do with it")
        if is_over(order):
            raise impossible(f"the order is {order.stage.status.lower()} already")
        act(order, asked)
        return self._shown(stall)

    async def steer_number(self, request: web.Request) -> web.Response:
        """Send a code, or end a number."""
        asked = await read_asked(request)
        stall = self._stall(request)
        number = stall.find_number(request.match_info["number"])
        act = NUMBER_ACTS.get(request.match_info["act"])
        if number is None or act is None:
            raise missing("there is no such number, or nothing like that to do with it")
        if number.status in NUMBER_OVER:
            raise impossible(f"the number is {number.status} already")
        number.take_over()
        act(number, asked)
        return self._shown(stall)

    async def steer(self, request: web.Request) -> web.Response:
        """Change the supplier itself."""
        asked = await read_asked(request)
        stall = self._stall(request)
        name = request.match_info["steer"]
        if name not in STEERS:
            raise missing("a supplier cannot do that")
        await STEERS[name](stall, asked)
        return self._shown(stall)

    def _stall(self, request: web.Request) -> Stall:
        stall = self._stage.stalls.get(request.match_info["stall"])
        if stall is None:
            raise missing("there is no such supplier")
        return stall

    def _shown(self, stall: Stall) -> web.Response:
        self._stage.show(stall)
        return web.json_response(stall_view(stall))
