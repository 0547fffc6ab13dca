"""A pretend world over real HTTP: the Bot API and the suppliers, for the demo and the tests."""
