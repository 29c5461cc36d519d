"""Services and the registers that the standards ask for."""

from desktop.screens.services.screen import ServicesScreen

__all__ = ["ServicesScreen"]
