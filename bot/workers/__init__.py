"""Due work: rows claimed, stepped and settled."""
