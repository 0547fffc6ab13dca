"""Everything a chat shows, as pure functions of facts and a reader's language."""
