"""Where a page goes: preview, printer, queue, kept papers."""
