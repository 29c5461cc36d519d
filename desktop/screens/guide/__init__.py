"""The first start, step by step."""

from desktop.screens.guide.screen import GuideScreen

__all__ = ["GuideScreen"]
