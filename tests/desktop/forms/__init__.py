"""Forms that several screens share, driven by keys."""
