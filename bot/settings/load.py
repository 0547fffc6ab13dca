"""Reads the settings at start, or says in one line what to change."""

import os
from pathlib import Path

from dotenv import dotenv_values
from pydantic import ValidationError

from bot.settings.shop import Settings
from bot.settings.suppliers import KnownSuppliers
from bot.settings.words import SettingsError, find_misspelling, first_fault


def load_settings(known: KnownSuppliers, env_file: Path | None = Path(".env")) -> Settings:
    """The settings from the environment, which wins, and the file, which may be absent.

    Suppliers of a known name are completed by what is known of them. Raises SettingsError.
    """
    in_file = _values_in(env_file) if env_file else {}
    fault = find_misspelling({*os.environ, *in_file}, in_file)
    if fault:
        raise SettingsError(fault)
    try:
        return Settings(known, env_file)
    except ValidationError as error:
        message = first_fault(error, known)
    # Raised outside the handler: the original carries the values, and tracebacks get logged.
    raise SettingsError(message)


def _values_in(file: Path) -> dict[str, str | None]:
    try:
        return dotenv_values(file)
    except UnicodeDecodeError:
        message = f"{file.name} must be UTF-8 text"
    # Outside the handler, as above: this original carries the whole file.
    raise SettingsError(message)
