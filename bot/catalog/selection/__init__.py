"""What operators name of the shelf: all of it, a supplier, a category, a service, a pattern."""
