"""What one tap on Confirm does before and around its transaction."""
