"""Batches of the dinas."""
