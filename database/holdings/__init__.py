"""What the library has of a title: copies, issues, deposits, stocktake, weeding, and who waits
for a copy.
"""
