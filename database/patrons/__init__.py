"""Who borrows: membership, numbers, photos, consent, pasted lists, merging."""
