"""Services of several suppliers that stand in for each other: which are tied, and who is next."""
