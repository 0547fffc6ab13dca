"""Exports in the chat: which rows, of which days, how far they are, and the files."""
