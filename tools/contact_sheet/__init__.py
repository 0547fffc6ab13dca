"""Pictures of every customer screen in one language, for a reader of it to look through."""
