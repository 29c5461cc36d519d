"""A portable scanner's codes taken into whatever is at work."""
