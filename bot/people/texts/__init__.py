"""The operator's own words for what customers read, kept for each language."""
