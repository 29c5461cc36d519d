"""The list of titles and the chosen one."""
