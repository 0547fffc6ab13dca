"""The way to Telegram: calls and how they ended, updates and whether they come."""
