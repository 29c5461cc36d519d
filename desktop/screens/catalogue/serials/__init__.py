"""Serials and their issues."""
