"""What operators write to many customers at once: drafts, who gets it, and its way to them."""
