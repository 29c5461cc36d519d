"""The wards: what is there, rounds with the trolley, patients who go home."""

from desktop.screens.wards.screen import WardsScreen

__all__ = ["WardsScreen"]
