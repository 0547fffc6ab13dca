"""Kiosk: a Telegram storefront that an operator can trust with real money."""
