"""One patron: the form, the photograph, what is out and how the membership stands."""
