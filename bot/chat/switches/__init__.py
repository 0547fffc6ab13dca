"""Sales switched off and on from the desk: the whole shop, one supplier, SMS numbers."""
