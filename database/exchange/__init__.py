"""Formats of files, in and out, one file a format. No session."""
