"""The database: transactions, types, migrations, SQLite and PostgreSQL."""
