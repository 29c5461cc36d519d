"""Tables that are filled in cell by cell."""
