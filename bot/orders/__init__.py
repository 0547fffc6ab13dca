"""Orders: quoted, placed, submitted, polled, settled, decided."""
