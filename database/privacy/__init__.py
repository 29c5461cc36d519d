"""Forgetting, rights of the person, what is left of persons."""
