"""Where a library lies: places, versions, copies, restore, compacting, other desks, soundness."""
