"""Forms about the house that several screens show: each loads, checks and saves itself."""
