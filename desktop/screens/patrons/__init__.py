"""Patrons: finding, enrolling, changing."""

from desktop.screens.patrons.screen import PatronsScreen

__all__ = ["PatronsScreen"]
