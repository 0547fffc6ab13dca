"""The API v2 family at the wire: one conversation, and readers for every answer."""

from bot.suppliers.api_v2.client import ApiV2

__all__ = ["ApiV2"]
