"""The people the shop knows."""
