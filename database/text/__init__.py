"""Words, names and numbers as people write them. Pure functions, no session, no record."""
