"""One small order at the shop's own cost, to find out what a supplier's rate is for."""
