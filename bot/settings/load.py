"""Reads the settings at start, or says in one line what to change, never a variable's value."""

import difflib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.settings.env_file import SettingsError, read_env_file
from bot.settings.shop import Settings
from bot.settings.suppliers import KnownSuppliers, SupplierSettings

_SUPPLIERS: Final = re.compile(r"SUPPLIERS__([A-Z0-9]+(?:_[A-Z0-9]+)*)__([A-Z0-9_]+)")
_OF_LINES: Final = frozenset({"TOPUP_INSTRUCTIONS"})
_MISSING: Final = {
    "BOT_TOKEN": "put the token from @BotFather into .env",
    "ADMIN_IDS": "put your own numeric Telegram id into .env (ask @userinfobot for it)",
    "KEY": "put the key from the supplier's API page into .env",
    "URL": "a supplier that Kiosk does not know needs its address",
    "DIALECT": "a supplier that Kiosk does not know needs one of {dialects}",
}


def load_settings(known: KnownSuppliers, env_file: Path | None = Path(".env")) -> Settings:
    """The settings from the environment, which wins, and the file, which may be absent.

    Suppliers of a known name are completed by what is known of them. Raises SettingsError.
    """
    in_file = read_env_file(env_file) if env_file else {}
    fault = _find_misspelling({*os.environ, *in_file}, in_file) or _find_lines(in_file)
    if fault:
        raise SettingsError(fault)
    try:
        return Settings(known, in_file)
    except ValidationError as error:
        message = _first_fault(error, known)
    # Raised outside the handler: the original carries the values, and tracebacks get logged.
    raise SettingsError(message)


def setting_names() -> tuple[str, ...]:
    """Every variable, as `.env.example` lists them; a supplier's with `<NAME>` in the middle."""
    own = [name.upper() for name in Settings.model_fields if name != "suppliers"]
    return (*own, *(f"SUPPLIERS__<NAME>__{field}" for field in _supplier_fields()))


def _first_fault(error: ValidationError, known: KnownSuppliers) -> str:
    """The first of pydantic's complaints as a sentence about an environment variable."""
    fault = error.errors(include_url=False, include_input=False)[0]
    said = fault.get("ctx", {}).get("error")
    if said is not None and str(said).split(" ", 1)[0].isupper():
        return str(said)  # it names the variable itself
    name = "__".join(str(part) for part in _variable(fault["loc"])).upper()
    return f"{name} {said or _in_plain_words(name, fault, known)}"


def _find_misspelling(everywhere: Iterable[str], in_file: Iterable[str]) -> str | None:
    """What is wrong with the names themselves.

    Names `everywhere` are judged only where they begin like a supplier's, those from .env also
    where they nearly are a setting.
    """
    known = [name for name in setting_names() if "<" not in name]
    for name in map(str.upper, everywhere):
        if name.startswith("SUPPLIER") and (fault := _supplier_fault(name)):
            return fault
    for name in map(str.upper, in_file):
        if name not in known and (close := difflib.get_close_matches(name, known, 1, 0.85)):
            return f"{name} is not a setting: did you mean {close[0]}?"
    return None


def _find_lines(in_file: Mapping[str, str]) -> str | None:
    """What has several lines and may not: a backslash and an n in double quotes begin one."""
    for name, value in in_file.items():
        one_line = name.upper() in setting_names() and name.upper() not in _OF_LINES
        if one_line and "\n" in value.strip():
            return f"{name} must be one line: in double quotation marks \\n starts a new one"
    return None


def _supplier_fault(name: str) -> str | None:
    shape = _SUPPLIERS.fullmatch(name)
    if shape is None:
        return f"{name} is not a setting: a supplier's are written SUPPLIERS__<NAME>__KEY"
    if shape[2] in _supplier_fields():
        return None
    close = difflib.get_close_matches(shape[2], _supplier_fields(), 1)
    hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(_supplier_fields())}"
    return f"{name} is not a setting: {hint}"


def _supplier_fields() -> tuple[str, ...]:
    return tuple(field.upper() for field in SupplierSettings.model_fields)


def _variable(location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Where pydantic looked, without its steps into lists, tables and alternatives."""
    return location[:3] if location[0] == "suppliers" else location[:1]


def _in_plain_words(name: str, fault: ErrorDetails, known: KnownSuppliers) -> str:
    match fault["type"]:
        case "missing":
            needed = _MISSING[name.rpartition("__")[2]]
            return f"is missing: {needed.format(dialects=', '.join(known))}"
        case "bool_parsing" | "bool_type":
            return "must be true or false"
        case "literal_error":
            return f"must be {fault['ctx']['expected'].replace(chr(39), '')}"
        case "string_too_long":
            return f"must be at most {fault['ctx']['max_length']} characters"
        case _:
            return "cannot be read: compare it with .env.example"
