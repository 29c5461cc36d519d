"""Narrow papers of the desk and the round."""
