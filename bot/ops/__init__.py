"""Running it: logs without secrets, the clock, health and metrics."""
