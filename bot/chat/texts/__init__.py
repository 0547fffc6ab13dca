"""The operator's own words, set from the desk while the shop runs."""
