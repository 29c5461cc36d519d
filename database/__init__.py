"""The library: its records and rules. Imports no Qt, speaks no prose, prints nothing."""
