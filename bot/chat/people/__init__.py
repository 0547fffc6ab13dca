"""People at the desk: who may do what, and who did what."""
