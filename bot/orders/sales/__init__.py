"""What was sold, added up by day, supplier and service, and kept true to the ledger."""
