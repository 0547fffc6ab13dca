"""The books on disk: plain functions of a connection, on SQLite and PostgreSQL alike."""
