"""The tables of the report as they are drawn, a file each, by the name of what it draws."""
