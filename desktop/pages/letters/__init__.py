"""Letters, minutes, handovers, sheets to sign."""
