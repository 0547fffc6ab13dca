"""A value is what stands in .env, sign by sign, or the start ends with one line about it."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.settings import Settings, SettingsError, load_settings
from bot.settings.env_file import read_env_file
from bot.suppliers import KNOWN_SUPPLIERS

ENOUGH = "BOT_TOKEN=123456:olga\nADMIN_IDS=1\nSUPPLIERS__ACCPLANET__KEY=quiet\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.upper().startswith(("SUPPLIER", "TOPUP"))]:
        monkeypatch.delenv(name)
    return tmp_path / ".env"


def loaded(file: Path, text: str) -> Settings:
    file.write_bytes((ENOUGH + text).encode())
    return load_settings(KNOWN_SUPPLIERS, file)


def refusal(file: Path, text: str) -> str:
    with pytest.raises(SettingsError) as refused:
        loaded(file, text)
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"Card #1234 5678, comment #your-id"', "Card #1234 5678, comment #your-id"),
        ("'Card #1234'  # what customers read", "Card #1234"),
        ("Card#1234", "Card#1234"),
        ("#1234", "#1234"),
        ("${HOME} and $HOME", "${HOME} and $HOME"),
        ('"${HOME:-x}"', "${HOME:-x}"),
        ('"first\\nsecond"', "first\nsecond"),
        ('"first\nsecond"', "first\nsecond"),
        ('"say \\"pay\\" \\\\"', 'say "pay" \\'),
        ("'C:\\temp\\new'", "C:\\temp\\new"),
        ("C:\\temp\\new", "C:\\temp\\new"),
        ("it's 5 o'clock", "it's 5 o'clock"),
        ("   blanks around   ", "blanks around"),
    ],
)
def test_a_value_is_what_stands_there(file: Path, written: str, value: str) -> None:
    assert loaded(file, f"TOPUP_INSTRUCTIONS={written}\n").topup_instructions == value


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("TOPUP_INSTRUCTIONS=Card #1234 5678, comment #your-id", "cut off at the # (line 5"),
        ("TOPUP_INSTRUCTIONS= # 1234", "TOPUP_INSTRUCTIONS would be cut off at the #"),
        ("SUPPLIERS__HSTOCKPLUS__KEY=abc\t#def", "SUPPLIERS__HSTOCKPLUS__KEY would be cut off"),
        ('TOPUP_INSTRUCTIONS="Card', "TOPUP_INSTRUCTIONS has a quotation mark that does not"),
        ('SHOP_NAME="Olga" shop', "SHOP_NAME has a quotation mark that does not close, or some"),
        ("SHOP_NAME='Olga\nCURRENCY='EUR", "SHOP_NAME has a quotation mark that does not close"),
        ("SHOP_NAME='Olga\nCURRENCY=EUR'", "SHOP_NAME has a quotation mark that does not close"),
        ('DATA_DIR="C:\\temp"', "DATA_DIR would be changed at a backslash"),
        ('DATA_DIR="C:\\bots\\shop"', "DATA_DIR would be changed at a backslash"),
        ('DATA_DIR="C:\\new"', "DATA_DIR must be one line"),
        ("SHOP_NAME=“Olga”", "SHOP_NAME begins with a curly quotation mark"),
        ("SHOP_NAME=Olga\x07", "SHOP_NAME holds a control sign"),
        ("SHOP_NAME=Olga\nCURRENCY=EUR\nSHOP_NAME=Otto", "stands in lines 5 and 7 of .env"),
        ("shop_name=Olga\nSHOP_NAME=Otto", "SHOP_NAME stands in lines 5 and 6 of .env"),
        ("ADMIN_IDS: 7", "line 5 of .env cannot be read: write NAME=value"),
        ("777777:a-token-by-itself", "line 5 of .env cannot be read: write NAME=value"),
    ],
)
def test_what_would_be_altered_is_refused_in_one_line(file: Path, line: str, said: str) -> None:
    words = refusal(file, f"\n{line}\n")
    assert said in words
    assert not any(value in words for value in ("1234", "Olga", "temp", "777777", "Otto"))


@pytest.mark.parametrize(
    "text",
    [
        "export SHOP_NAME=Olga\n",
        "SHOP_NAME = Olga\n",
        "SHOP_NAME=Olga\r\nCURRENCY=USD\r\n",
        "SHOP_NAME=\nCURRENCY=USD\nSHOP_NAME=Olga\n",
        "SHOP_NAME=Olga\nSHOP_NAME=Olga\nSHOP_NAME=\n",
        "# a comment # in a comment\nSHOP_NAME=Olga",
        "COMPOSE_PROJECT_NAME=x\nSHOP_NAME=Olga",
    ],
)
def test_what_has_one_meaning_is_taken(file: Path, text: str) -> None:
    assert loaded(file, text).shop_name == "Olga"


def test_a_mark_at_the_beginning_of_the_file_is_no_part_of_a_name(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + ENOUGH.encode())
    assert load_settings(KNOWN_SUPPLIERS, file).admin_ids == {1}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_of_two_bytes_a_letter_is_refused(file: Path, encoding: str) -> None:
    file.write_bytes(ENOUGH.encode(encoding))
    with pytest.raises(SettingsError, match=r"^\.env must be UTF-8 text$"):
        load_settings(KNOWN_SUPPLIERS, file)


def test_no_file_sets_nothing(tmp_path: Path) -> None:
    assert read_env_file(tmp_path / "none") == {}
    assert read_env_file(tmp_path) == {}


@given(st.text(st.one_of(st.sampled_from("a1 #$\"'\\n{}=\t“"), st.characters()), max_size=20))
@example("Card #1")
@example("${HOME}")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_is_kept_or_refused(file: Path, written: str) -> None:
    plain = written.replace("\r", "").replace("\n", "").encode(errors="replace").decode()
    file.write_bytes(f"SHOP_NAME={plain}\n".encode())
    try:
        found = read_env_file(file)
    except SettingsError:
        return
    value = plain.strip()
    quoted = value[:1] in {"'", '"'}
    assert quoted or found.get("SHOP_NAME", "") == value
