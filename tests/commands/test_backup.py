"""A copy taken from a running shop, and the way back, as an operator types them."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from sandbox.suppliers.timelines import completes, never
from tests.commands.conftest import Types
from tests.commands.terminal import Terminal, terminal_at

FILE = "monday.copy"


@pytest.mark.processes
async def test_a_shop_comes_back_from_a_copy_in_safe_mode_and_goes_on(tmp_path: Path) -> None:
    async with terminal_at(tmp_path) as terminal:
        await _loses_its_disk(terminal)
        await _comes_back(terminal)


async def _loses_its_disk(terminal: Terminal) -> None:
    """A copy is taken with one order under way; another one is bought after it."""
    alice, supplier = terminal.alice, terminal.supplier
    await terminal.starts_the_bot()
    await terminal.opens_for_alice()
    supplier.plan(never(), ["ann:1", "ann:2"])
    await terminal.alice_confirms()
    await terminal.served.world.telegram.waits_until(
        lambda: supplier.adds_received == 1 or None, 30
    )
    await terminal.sees(alice, "In progress")

    said = await terminal.types("backup", FILE)
    assert (said.code, said.err) == (0, "")
    assert "1 orders, 2 customers" in said.out
    key = (terminal.folder / "goods.key").read_text().strip()
    assert key.encode() not in (terminal.folder / FILE).read_bytes()

    supplier.plan(completes(0), ["ben:1", "ben:2"])
    await terminal.alice_confirms()
    await terminal.sees(alice, "ben:1")
    await terminal.stops_the_bot()  # killed, and its disk is lost


async def _comes_back(terminal: Terminal) -> None:
    """Restored elsewhere it waits for Olga, and then ends what was under way."""
    alice, olga, supplier = terminal.alice, terminal.olga, terminal.supplier
    terminal.settings["DATA_DIR"] = str(terminal.folder / "new")
    said = await terminal.types("restore", FILE)
    assert (said.code, said.err) == (0, "")
    assert "The shop is in safe mode." in said.out
    await terminal.starts_the_bot()
    await terminal.sees(olga, "restored from a copy")
    assert "The shop is in safe mode" in terminal.log
    await terminal.alice_confirms()
    await terminal.sees(alice, "The shop is closed for a check")
    supplier.orders[next(iter(supplier.orders))].complete()

    olga.sends("/desk")
    for label in ("Safe mode", "Open the shop again", "Yes: open the shop"):
        await terminal.taps(olga, label)
    await terminal.sees(alice, "ann:1")
    await terminal.sees(olga, "The shop is open again")
    assert supplier.adds_received == 2
    assert (await terminal.types("audit")).code == 0


def test_a_restore_without_the_key_of_the_copy_makes_and_changes_nothing(
    types: Types, has_a_shop: Path
) -> None:
    assert types("backup", FILE).code == 0
    (has_a_shop / "goods.key").unlink()
    said = types("restore", FILE, DATA_DIR="new")

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith("GOODS_KEY is missing")
    assert {path.name for path in has_a_shop.iterdir()} == {"data", FILE}


@pytest.mark.parametrize(
    ("words", "said_in_the_end"),
    [
        (("restore", "none.copy"), "is not there"),
        (("restore", "goods.key"), "damaged, or no copy of a shop"),
        (("restore", "data/kiosk.db"), "was not made by `python -m bot backup`"),
        (("backup", "no/such/folder/a.copy"), "cannot be written"),
        (("backup", "goods.key"), "is there already"),
    ],
)
@pytest.mark.usefixtures("has_a_shop")
def test_what_cannot_be_is_one_line(
    types: Types, words: tuple[str, str], said_in_the_end: str
) -> None:
    said = types(*words)

    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert said_in_the_end in said.err


def test_a_backup_of_no_shop_makes_nothing(types: Types, tmp_path: Path) -> None:
    said = types("backup", FILE)

    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "nothing to copy" in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("has_a_shop")
def test_a_backup_needs_no_key_and_a_restore_needs_a_file_name(types: Types) -> None:
    assert types("backup", FILE, GOODS_KEY=Fernet.generate_key().decode()).code == 0
    with pytest.raises(SystemExit):
        types("restore")
