"""Price rules: what operators ask for the whole shop, a supplier, a category or one service."""
