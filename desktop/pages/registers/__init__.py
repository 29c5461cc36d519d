"""Books and lists in columns."""
