"""The key of the goods on the command line: made once, missed loudly, changed without a loss."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from sandbox.suppliers.timelines import completes
from tests.books import KEY
from tests.commands.conftest import Types
from tests.commands.terminal import terminal_at


def test_a_first_start_makes_a_key_outside_the_data_and_says_where_to_keep_it(
    types: Types, tmp_path: Path
) -> None:
    said = types("audit", LOG_LEVEL="DEBUG")

    assert said.code == 0
    made = tmp_path / "goods.key"
    key = made.read_text().strip()
    assert made.stat().st_mode & 0o777 == 0o600
    assert Fernet(key).decrypt(Fernet(key).encrypt(b"goods")) == b"goods"
    assert key not in said.out + said.err
    assert str(made) in said.err
    assert "apart from the database and its backups" in said.err
    assert {path.name for path in tmp_path.iterdir()} == {"data", "goods.key"}
    assert {path.name for path in (tmp_path / "data").iterdir()} == {"kiosk.db"}
    assert "goods_key_made" not in types("audit").err


@pytest.mark.parametrize("command", ["run", "check", "audit", "rekey"])
def test_without_its_key_a_shop_with_sealed_goods_does_not_start(
    types: Types, has_a_shop: Path, command: str
) -> None:
    (has_a_shop / "goods.key").unlink()
    said = types(command)

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("GOODS_KEY is missing: goods are sealed already")
    assert said.err.count("\n") == 1
    assert not (has_a_shop / "goods.key").exists()
    assert types("audit", GOODS_KEY=KEY).code == 0
    assert not (has_a_shop / "goods.key").exists()


@pytest.mark.parametrize("held", ["", "\n", "nothing that could be a key\n", f"{KEY}\nhalf-a-key"])
def test_a_broken_key_file_is_one_line_and_stays_as_it_is(
    types: Types, has_a_shop: Path, held: str
) -> None:
    (has_a_shop / "goods.key").write_text(held)
    said = types("audit")

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith("GOODS_KEY is not set, and ")
    assert KEY not in said.err
    assert (has_a_shop / "goods.key").read_text() == held


@pytest.mark.usefixtures("has_a_shop")
def test_a_wrong_key_is_one_line(types: Types) -> None:
    said = types("audit", GOODS_KEY=Fernet.generate_key().decode())

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith("GOODS_KEY does not open the goods")


@pytest.mark.parametrize(
    "settings", [{"DATA_DIR": "."}, {"DATABASE_URL": "sqlite:///kiosk.db"}, {"DATA_DIR": ".."}]
)
def test_a_key_is_never_kept_inside_the_folder_of_the_data(
    types: Types, tmp_path: Path, settings: dict[str, str]
) -> None:
    said = types("audit", **settings)

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "would lie inside" in said.err
    assert not (tmp_path / "goods.key").exists()
    (tmp_path.parent / "kiosk.db").unlink(missing_ok=True)


def test_a_new_key_in_front_of_the_old_one_in_the_file_takes_over(
    types: Types, has_a_shop: Path
) -> None:
    new = Fernet.generate_key().decode()
    (has_a_shop / "goods.key").write_text(f"{new}\n{KEY}\n")
    assert types("audit").code == 0
    assert types("rekey").code == 0

    (has_a_shop / "goods.key").write_text(f"{new}\n")
    assert types("audit").code == 0
    assert types("audit", GOODS_KEY=KEY).code == 2


@pytest.mark.processes
async def test_a_key_is_changed_beside_a_running_bot(tmp_path: Path) -> None:
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    async with terminal_at(tmp_path) as terminal:
        terminal.settings["GOODS_KEY"] = old
        await terminal.starts_the_bot()
        await terminal.opens_for_alice()
        terminal.supplier.plan(completes(0), ["ann:1", "ben:2"])
        await terminal.alice_confirms()
        await terminal.sees(terminal.alice, "ann:1")

        await terminal.stops_the_bot()
        terminal.settings["GOODS_KEY"] = f"{new},{old}"
        await terminal.starts_the_bot()
        said = await terminal.types("rekey")
        assert said.code == 0
        assert "1 of them sealed anew" in said.out

        await terminal.stops_the_bot()
        terminal.settings["GOODS_KEY"] = new
        await terminal.starts_the_bot()
        terminal.alice.sends("/orders")
        for label in ("#1", "Show goods"):
            await terminal.taps(terminal.alice, label)
        await terminal.sees(terminal.alice, "ann:1", times=2)
        assert not any(key in terminal.log + said.out + said.err for key in (old, new))
