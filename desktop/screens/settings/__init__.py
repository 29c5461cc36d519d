"""Settings of the library and of this PC."""

from desktop.screens.settings.screen import SettingsScreen

__all__ = ["SettingsScreen"]
