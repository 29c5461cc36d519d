"""The vocabulary every screen is built of; knows no library."""
