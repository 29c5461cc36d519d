"""What runs by itself: the day's work, backups on exit, the crash box, importing ahead."""
