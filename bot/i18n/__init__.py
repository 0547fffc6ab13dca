"""Seventeen languages: texts, the reader's language, and how amounts and times are written."""
