"""Looking for something by its name: what was found, and what is asked where nothing was typed."""
