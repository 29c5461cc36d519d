"""Names and subjects."""
