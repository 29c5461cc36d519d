"""Fields that the library declares itself."""
