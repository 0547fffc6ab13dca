"""What customers keep of the shelf, and what they want to be told of."""
