"""Reports of many libraries put together, for the dinas or a group of hospitals."""
