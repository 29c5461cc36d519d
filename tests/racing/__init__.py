"""Several programs at random on one library, and then every invariant of the house in plain SQL."""
