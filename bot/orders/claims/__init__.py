"""Claims: what customers say is wrong with their orders, and how operators make it good."""
