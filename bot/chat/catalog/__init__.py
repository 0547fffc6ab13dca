"""The shelf in the chat."""
