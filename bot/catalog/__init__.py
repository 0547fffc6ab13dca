"""What is on sale: services, prices, texts in every language."""
