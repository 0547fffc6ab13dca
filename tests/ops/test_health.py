from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.ops.health import Health, health_routes
from bot.ops.metrics import Metrics


async def _ask(path: str, health: Health, metrics: Metrics) -> tuple[int, str]:
    async def ask() -> Health:
        return health

    application = web.Application()
    application.add_routes(health_routes(ask, metrics))
    async with TestClient(TestServer(application)) as client:
        reply = await client.get(path)
        return reply.status, await reply.text()


async def test_a_shop_that_works_answers_200_with_its_facts() -> None:
    health = Health(well=True, facts={"database": "answers", "due": 3})

    status, body = await _ask("/healthz", health, Metrics())

    assert (status, body) == (200, '{"well": true, "database": "answers", "due": 3}')


async def test_a_shop_that_does_not_work_answers_503() -> None:
    status, _ = await _ask("/healthz", Health(well=False), Metrics())

    assert status == 503


async def test_metrics_count_on_a_registry_of_their_own() -> None:
    first, second = Metrics(), Metrics()
    first.orders.labels(state="completed").inc()

    _, body = await _ask("/metrics", Health(well=True), first)

    assert 'kiosk_orders_total{state="completed"} 1.0' in body
    assert "completed" not in second.render().decode()
