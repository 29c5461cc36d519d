"""Labels and their sheets."""
