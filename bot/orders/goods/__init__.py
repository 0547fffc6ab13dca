"""What orders bring: delivered, and found again."""
