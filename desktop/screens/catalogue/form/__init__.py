"""Describing one title or many; the record by its tags."""
