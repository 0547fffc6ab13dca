"""The search over the catalog: names and what is typed are made alike, compared and ranked."""
