"""The places of the program, a folder each; none imports another."""
