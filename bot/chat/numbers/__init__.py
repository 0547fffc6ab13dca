"""Rented numbers in the chat."""
