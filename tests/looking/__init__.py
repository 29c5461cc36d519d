"""Walks every scene of the gallery and names what a person would see as a fault."""
