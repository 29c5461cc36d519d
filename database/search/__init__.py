"""What titles are found by: words, word forms, other words, headings; the list of titles."""
