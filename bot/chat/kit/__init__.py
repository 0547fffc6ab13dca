"""What every screen and handler is made of."""
