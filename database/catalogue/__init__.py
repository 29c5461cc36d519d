"""Describing titles: titles, headings and their changes, templates, covers, digital copies, look-
ups, work lists, many titles at once.
"""
