"""Measures and the standards, literacy index, accreditation that ask for them."""
