"""Serves the page: its files at `/` and `/page/`, and what it asks for under `/api/`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from aiohttp import web

from sandbox.page.asked import refusing
from sandbox.page.books import Books
from sandbox.page.laws import Laws
from sandbox.page.people_api import PeopleApi
from sandbox.page.stage import Stage
from sandbox.page.stall import Stall
from sandbox.page.suppliers_api import SuppliersApi
from sandbox.page.telegram_api import TelegramApi
from sandbox.page.tours_api import ToursApi
from sandbox.telegram import TelegramWorld

ASSETS: Final = Path(__file__).with_name("assets")
_HEADERS: Final = {
    # Nothing from elsewhere is loaded or asked, whatever a bot writes into a chat.
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_TYPES: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}


def add_page(
    app: web.Application,
    telegram: TelegramWorld,
    stalls: Mapping[str, Stall],
    operators: frozenset[int],
    database: Path | None = None,
) -> Stage:
    """Add the page to an application; answers the stage it shows.

    `database` is the file of the shop that is tried out: without it no laws are shown.
    """
    laws = Laws(Books(database, telegram.now()), stalls) if database else None
    stage = Stage(telegram, stalls, operators, laws)
    app.router.add_get("/", _page)
    app.router.add_get("/page/{file:[a-z_]+[.](?:css|js)}", _asset)
    app.add_subapp("/api/", _api(stage))
    app.cleanup_ctx.append(stage.watch)
    app.on_shutdown.append(stage.dismiss)
    return stage


def _api(stage: Stage) -> web.Application:
    api = web.Application(middlewares=[refusing])

    async def tell_state(_request: web.Request) -> web.StreamResponse:
        return web.json_response(stage.snapshot())

    async def stream(request: web.Request) -> web.StreamResponse:
        return await stage.audience.entertain(request, stage.opening)

    api.router.add_get("/state", tell_state)
    api.router.add_get("/events", stream)
    for room in (PeopleApi(stage), SuppliersApi(stage), TelegramApi(stage), ToursApi(stage)):
        api.router.add_routes(room.routes())
    return api


async def _page(_request: web.Request) -> web.Response:
    return _file(ASSETS / "index.html")


async def _asset(request: web.Request) -> web.Response:
    path = ASSETS / request.match_info["file"]
    if not path.is_file():
        raise web.HTTPNotFound
    return _file(path)


def _file(path: Path) -> web.Response:
    return web.Response(
        body=path.read_bytes(),
        content_type=_TYPES[path.suffix],
        charset="utf-8",
        headers=_HEADERS,
    )
