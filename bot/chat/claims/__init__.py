"""Claims in the chat: how a customer reports a problem, and how operators settle it."""
