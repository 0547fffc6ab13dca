"""What the shop sold in some days, as operators read it."""
