"""Rented numbers: the second kind of order."""
