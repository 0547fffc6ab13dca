"""Money: the journal, and every way it comes in."""
