"""The reader's own window: lending and taking back by oneself, and searching, in big type.

Nothing of it shows another person: no names, no lists of patrons, no history.
"""
