"""Bringing records in, as the librarian sees it."""
