"""Everything that is printed, drawn with ReportLab from the library's own data; no window."""
