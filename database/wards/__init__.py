"""Rounds with the trolley, wishes, handing out."""
