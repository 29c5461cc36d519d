"""Copies of a title, new copies, their labels."""
