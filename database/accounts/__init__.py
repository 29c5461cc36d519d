"""Who works with the library: accounts, their secrets, who is signed in."""
