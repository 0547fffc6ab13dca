"""What the operator decides, read from the environment and .env, refused in plain words."""

from bot.settings.load import load_settings
from bot.settings.shop import Settings
from bot.settings.suppliers import KNOWN_SUPPLIERS, SupplierSettings
from bot.settings.words import SettingsError, setting_names

__all__ = [
    "KNOWN_SUPPLIERS",
    "Settings",
    "SettingsError",
    "SupplierSettings",
    "load_settings",
    "setting_names",
]
