"""The long run: `python -m tests.crash`, or `make crash`.

Every violation is printed with the command that tries its point again. A marked step is reached
again as surely as the shop takes the same way again; for a random instant the same instant is
tried, and the machine decides what happens in it.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from functools import partial
from pathlib import Path
from typing import Final

from tests.crash.behaviour.known import BEHAVIOURS
from tests.crash.campaign import TOGETHER, opened_nursery, run_all
from tests.crash.databases import KINDS, MAY_FALL
from tests.crash.plan import Ways, every_step, points_of, read_ways, recordings, with_falls
from tests.crash.report import Campaign, write_into
from tests.crash.scene import Point
from tests.crash.trial import Nursery, Verdict

POINTS: Final = 640
SEED: Final = 1
COMMAND: Final = "python -m tests.crash"


def main() -> int:
    """Run what the command line asks for; 1 when there were violations."""
    asked = _asked()
    began = time.perf_counter()
    with opened_nursery(asked.database, asked.together) as nursery:
        campaign = asyncio.run(_campaign(nursery, asked, began))
    report = campaign.report()
    _say(f"\n{report}")
    if asked.points_to is not None:
        lines = [f"--only={verdict.point}\n" for verdict in campaign.verdicts]
        asked.points_to.write_text("".join(lines), encoding="utf-8")
    if asked.report is not None:
        write_into(asked.report, asked.database, report)
    return 1 if campaign.violated else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=COMMAND,
        description="Kill the shop, and judge it. `@FILE` takes arguments from a file.",
        fromfile_prefix_chars="@",
    )
    parser.add_argument("--database", choices=KINDS, default="sqlite", help="what it runs on")
    parser.add_argument("--points", type=int, default=POINTS, help="how many kills are planned")
    parser.add_argument(
        "--seed",
        type=int,
        nargs="+",
        default=[SEED],
        help="which kills these are; perhaps several",
    )
    parser.add_argument(
        "--only", action="append", default=[], help="a behaviour (each of its steps), or a point"
    )
    parser.add_argument("--together", type=int, default=TOGETHER, help="trials side by side")
    parser.add_argument("--report", type=Path, help="a page with a place for the report")
    parser.add_argument("--points-to", type=Path, help="a file for all points that were tried")
    return parser.parse_args()


async def _campaign(nursery: Nursery, asked: argparse.Namespace, began: float) -> Campaign:
    scenes = [one for one in asked.only if one in BEHAVIOURS]
    points = [Point.read(one) for one in asked.only if one not in BEHAVIOURS]
    tell = partial(_tell, asked.database)
    ways: Ways = {}
    recorded: list[Verdict] = []
    if scenes or not asked.only:
        todo = recordings(scenes or BEHAVIOURS)
        recorded = await run_all(nursery, todo, tell, asked.together)
        ways = read_ways((one.point, one.steps) for one in recorded)
        points += [point for scene in scenes for point in every_step(ways, scene)]
    if not asked.only:
        points = [one for seed in asked.seed for one in _planned(ways, asked, seed)]
    known = sum(map(len, ways.values()))
    _say(f"{known} steps are known; {len(points)} trials follow.")
    verdicts = await run_all(nursery, points, tell, asked.together)
    took_s = time.perf_counter() - began
    undisturbed = [one for one in recorded if one.violations]
    return Campaign(asked.database, asked.seed, known, [*undisturbed, *verdicts], took_s)


def _planned(ways: Ways, asked: argparse.Namespace, seed: int) -> list[Point]:
    points = points_of(ways, asked.points, seed)
    return with_falls(points, seed) if asked.database in MAY_FALL else points


def _tell(database: str, verdict: Verdict) -> None:
    """A sign for a trial that went well, and all words for one that did not."""
    if not verdict.violations:
        sys.stdout.write("o" if verdict.missed else ".")
        sys.stdout.flush()
        return
    again = f"{COMMAND} --database {database} --only '{verdict.point}'"
    _say("\n" + "\n".join((again, *(f"    {violation}" for violation in verdict.violations))))


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
