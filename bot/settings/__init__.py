"""What the operator decides, read from the environment and .env, refused in plain words."""

from bot.settings.load import load_settings
from bot.settings.shop import Settings
from bot.settings.suppliers import KnownSuppliers, SupplierSettings
from bot.settings.words import SettingsError, setting_names

__all__ = [
    "KnownSuppliers",
    "Settings",
    "SettingsError",
    "SupplierSettings",
    "load_settings",
    "setting_names",
]
