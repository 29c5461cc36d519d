"""Bringing records in: reading, matching, preview, storing, taking back; lists of a deposit."""
