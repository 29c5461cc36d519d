"""The report to the dinas."""
