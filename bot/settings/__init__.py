"""What the operator decides, read from the environment and .env, refused in plain words."""

from bot.settings.env_file import SettingsError
from bot.settings.load import load_settings, setting_names
from bot.settings.shop import Settings
from bot.settings.suppliers import KnownSuppliers, SupplierSettings

__all__ = [
    "KnownSuppliers",
    "Settings",
    "SettingsError",
    "SupplierSettings",
    "load_settings",
    "setting_names",
]
