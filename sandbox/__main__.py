"""`python -m sandbox`: the pretend world alone, with the lines that point a bot at it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sandbox.bot_settings import bot_settings, env_lines
from sandbox.command_line import PORT, read_port, run_until_done, say, stop_signals
from sandbox.suppliers.goods import fit_goods
from sandbox.world import ServedWorld, demo_world, serve_world


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl-C; answers the exit code."""
    asked = _parser().parse_args(arguments)
    taken = (
        f"Port {asked.port} or one of the two after it is taken. Stop what uses it, "
        f"or choose another: --port {asked.port + 10}."
    )
    return run_until_done(_serve(asked.port, asked.services, asked.database), taken)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument(
        "--port", type=read_port, default=PORT, help="the page; default %(default)s"
    )
    parser.add_argument(
        "--services", type=int, default=0, metavar="N", help="made-up services to add"
    )
    parser.add_argument(
        "--database",
        type=Path,
        metavar="FILE",
        help="the bot's SQLite file: the page shows the laws from it, and ticks the tours",
    )
    return parser


async def _serve(port: int, services: int, database: Path | None) -> int:
    # Fixed ports: the printed lines stay right over restarts.
    supplier_ports = (port + 1, port + 2) if port else ()
    world = demo_world(more_services=services)
    fit_goods(world.suppliers)
    with stop_signals() as stop:
        async with serve_world(world, port, supplier_ports, database) as served:
            say(greeting(served))
            await stop.wait()
    say("The sandbox is closed.")
    return 0


def greeting(served: ServedWorld) -> str:
    """Where everything is, and how to point a bot at it."""
    suppliers = "\n".join(
        f"  {supplier.name:<11} {served.supplier_url(supplier.name)}"
        for supplier in served.world.suppliers
    )
    return (
        f"The sandbox is open. Nothing in it is real, and nobody else can reach it.\n\n"
        f"  the page    {served.url}/\n"
        f"  Bot API     {served.url}/bot<token>/<method>\n"
        f"{suppliers}\n\n"
        f"Put these lines into a .env, then start the bot with `python -m bot run`:\n\n"
        f"{env_lines(bot_settings(served))}\n\n"
        f"Ctrl-C closes the sandbox."
    )


if __name__ == "__main__":
    sys.exit(main())
