"""Buying and orders in the chat."""
