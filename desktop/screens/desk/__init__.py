"""The circulation desk."""

from desktop.screens.desk.screen import DeskScreen

__all__ = ["DeskScreen"]
