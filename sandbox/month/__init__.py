"""A month of orders before the demo opens: what a small shop has behind it, so figures live."""
