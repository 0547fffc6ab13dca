"""A worker's loop that ends after one step, with all that it logs when the step falls."""

import asyncio

from bot.ops.loop import Step, run_worker


async def runs_once(step: Step) -> None:
    """A worker's loop around one step."""
    stopping = asyncio.Event()

    async def once() -> int:
        stopping.set()
        return await step()

    await run_worker("worker", once, stopping, stopping, 0.0)
