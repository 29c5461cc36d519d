"""What other libraries ask by: OAI-PMH for copies of the catalogue, SRU for single records."""
