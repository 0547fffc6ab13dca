"""Where categories stand in the one tree that customers see, and what operators change of it."""
