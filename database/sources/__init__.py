"""What the files of other programs mean: which column is what, which row a title, a copy, a person
or a loan. Plain facts; no session."""
