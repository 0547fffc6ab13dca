"""The operator's side of the chat."""
