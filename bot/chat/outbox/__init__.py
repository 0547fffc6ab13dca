"""Notices and alerts put into words and sent."""
