"""What an order becomes whose supplier will not place it: another one's that was tied to it."""
