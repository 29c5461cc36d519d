"""Pages for readers: the catalogue for telephones and other programs, by a server or as a folder.

What it shows it asks of `database/public` and of the search that the desk uses, through a door
that cannot write; what readers send goes through the library of the program, by its rights.
"""
