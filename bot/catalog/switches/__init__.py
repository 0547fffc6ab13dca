"""Sales switched off and on by an operator's hand: of the whole shop, a supplier, SMS numbers."""
