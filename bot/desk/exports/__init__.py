"""Tables of the shop's orders, its ledger and its customers as files, made when owners ask."""
