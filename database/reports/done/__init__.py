"""What was done, line by line of the journal."""
