"""The rules of orders, free of every framework."""
