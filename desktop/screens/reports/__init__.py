"""Reports: the month for the regional library office."""

from desktop.screens.reports.screen import ReportsScreen

__all__ = ["ReportsScreen"]
