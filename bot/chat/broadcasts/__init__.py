"""Broadcasts: how operators write them, and what customers can say about news."""
