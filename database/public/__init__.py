"""What anybody may be told: titles, where their copies stand, when the library is open.

Nothing here asks for a person: no name of a patron can come out of it.
"""
