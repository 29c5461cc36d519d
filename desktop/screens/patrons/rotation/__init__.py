"""A new rotation: a list of people, looked at line by line and taken in as one act."""
