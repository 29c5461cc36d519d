"""Home."""

from desktop.screens.home.screen import HomeScreen

__all__ = ["HomeScreen"]
