"""The desk about categories: what suppliers list in them, and where it is shown."""
