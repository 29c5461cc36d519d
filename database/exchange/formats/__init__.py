"""The formats of files that are read, one file a format; each declares itself in FORMATS."""
