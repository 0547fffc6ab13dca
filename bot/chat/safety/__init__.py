"""Safe mode in the chat."""
