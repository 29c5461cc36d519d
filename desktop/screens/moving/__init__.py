"""Moving in: files of any kind looked at, decided on, and brought in."""

from desktop.screens.moving.screen import MovingScreen

__all__ = ["MovingScreen"]
