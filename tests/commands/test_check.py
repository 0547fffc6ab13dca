"""`python -m bot check`, and what every command says of a database that cannot be the shop's."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sandbox.suppliers import wire_faults
from tests.commands.conftest import Types
from tests.commands.terminal import Terminal, terminal_at


async def _checks(terminal: Terminal, **settings: str) -> tuple[int, str]:
    """The exit code and the lines, with not a word on standard error but that of a first start."""
    said = await terminal.types("check", **settings)
    odd = [line for line in said.err.splitlines() if "goods_key_made" not in line]
    assert odd == [], said.err
    return said.code, said.out


@pytest.mark.processes
async def test_check_says_in_plain_words_what_is_well_and_what_is_not(tmp_path: Path) -> None:
    async with terminal_at(tmp_path) as terminal:
        code, out = await _checks(terminal)
        assert (code, "WRONG" in out) == (0, False)

        code, out = await _checks(terminal, MARKUP_PERCENT="-99", PRICE_STEP="0.000001")
        assert code == 1
        assert "would be sold at a loss" in out
        assert "negative_margin" not in out
        assert "WRONG nothing is on sale" in out

        code, out = await _checks(terminal, SUPPLIERS__ACCPLANET__KEY="another")
        assert code == 2
        assert "WRONG accplanet: SUPPLIERS__ACCPLANET__KEY is refused by the supplier" in out

        code, out = await _checks(terminal, BOT_TOKEN="1:nobody")
        assert code == 2
        assert "WRONG BOT_TOKEN: Telegram does not know this token" in out

        code, out = await _checks(terminal, SUPPLIERS__ACCPLANET__URL="http://127.0.0.1:9/api")
        assert code == 1
        assert "WRONG accplanet: SUPPLIERS__ACCPLANET__URL cannot be reached" in out


@pytest.mark.processes
async def test_check_asks_every_action_that_only_reads_and_says_its_answer(tmp_path: Path) -> None:
    async with terminal_at(tmp_path) as terminal:
        accplanet, hstockplus = terminal.served.world.suppliers
        hstockplus.faults.always("sms_countries", wire_faults.error_text("Try later"))
        code, out = await _checks(terminal)

    assert code == 1
    lines = [line.split(maxsplit=1)[1] for line in out.splitlines()]
    for said in (
        "accplanet: balance 100.00 USD",
        "accplanet: categories: 8 categories with 22 subcategories",
        "accplanet: services: 31 services",
        "accplanet: services by page: 5 came where 5 were asked for",
        "accplanet: services of a category: Email: ",
        "accplanet: one service: ",
        "accplanet: inventory: ",
        "hstockplus: categories: ",
        "hstockplus: services of a category: Instagram: ",
        "hstockplus: sms_projects: 15 services for codes in 12 countries",
        "hstockplus: sms_projects of a country: ",
    ):
        assert any(line.startswith(said) for line in lines), (said, out)
    assert "WRONG hstockplus: sms_countries: refused: Try later" in out
    assert "overlooked" not in out
    asked = {one.action for world in (accplanet, hstockplus) for one in world.received}
    assert asked == {
        *("balance", "categories", "services", "inventory", "sms_projects", "sms_countries")
    }


@pytest.mark.processes
async def test_check_keeps_repeated_readings_to_itself(tmp_path: Path) -> None:
    async with terminal_at(tmp_path) as terminal:
        terminal.supplier.faults.next("balance", wire_faults.dropped_before())
        code, _ = await _checks(terminal)

        assert code == 0


@pytest.mark.parametrize("command", [("run",), ("check",), ("audit",), ("restore", "a.copy")])
def test_an_address_that_cannot_be_is_one_line(types: Types, command: tuple[str, ...]) -> None:
    said = types(*command, DATABASE_URL="postgresql://olga:hush@[::1/d")

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith("DATABASE_URL must be ")
    assert "hush" not in said.err


@pytest.mark.parametrize(
    ("command", "code"), [(("run",), 2), (("check",), 2), (("audit",), 2), (("backup", "a"), 1)]
)
def test_the_file_of_another_program_is_one_line(
    types: Types, tmp_path: Path, command: tuple[str, ...], code: int
) -> None:
    with closing(sqlite3.connect(tmp_path / "theirs.db")) as theirs:
        theirs.execute("CREATE TABLE facts (x)")
    (tmp_path / "data").mkdir()
    (tmp_path / "theirs.db").rename(tmp_path / "data" / "kiosk.db")
    said = types(*command)

    assert (said.code, said.out, said.err.count("\n")) == (code, "", 1)
    assert "not Kiosk's database" in said.err or "the database holds no shop" in said.err
    assert not (tmp_path / "goods.key").exists()
