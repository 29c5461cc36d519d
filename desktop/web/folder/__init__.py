"""The catalogue as a folder without a server: its pages and what their search looks through."""
