"""The catalogue: finding titles, describing them, their copies, importing, labels."""

from desktop.screens.catalogue.screen import CatalogueScreen

__all__ = ["CatalogueScreen"]
