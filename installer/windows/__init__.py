"""Windows: its setup, and how it is made and tried on Debian by Wine."""
