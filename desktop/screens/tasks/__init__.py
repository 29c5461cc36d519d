"""What is done beside the counter: holds, quarantine, reminders, the guest book."""

from desktop.screens.tasks.screen import TasksScreen

__all__ = ["TasksScreen"]
