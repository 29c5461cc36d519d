"""Keeping the library: backups in two places, its health, its clock, what lies beside it."""
