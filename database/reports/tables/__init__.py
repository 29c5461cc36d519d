"""The tables of a period's report, a file each: shape, counting, the rows behind each figure."""
