"""One server for several PCs: the way there and back, and what each PC needs."""
