"""Stocktake and weeding."""
