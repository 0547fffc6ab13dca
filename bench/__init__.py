"""Measures what the README promises: ratios of two things measured in one run, taking turns."""
