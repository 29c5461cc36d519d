"""What is kept of one person, and what they may ask for."""
