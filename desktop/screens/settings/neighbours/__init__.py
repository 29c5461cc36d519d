"""The catalogues of partners that are kept: which there are, how they are fetched."""
