"""What the librarian sees and prints. Writes no SQL."""

__version__ = "0.1.0"
