"""What was done, shown."""
