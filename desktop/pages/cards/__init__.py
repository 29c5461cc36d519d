"""Cards of patrons, books and catalogue."""
