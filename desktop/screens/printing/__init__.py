"""Everything about paper: what waits, every paper there is and its words, sheets, what was kept."""

from desktop.screens.printing.screen import PrintingScreen

__all__ = ["PrintingScreen"]
