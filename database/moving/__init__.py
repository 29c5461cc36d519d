"""Moving in: what a library brings from the program it had, as one act that can be taken back."""
