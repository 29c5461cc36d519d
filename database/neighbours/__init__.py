"""The catalogues of partners, kept beside ours and never among our titles."""
