"""Activities, agreements, staff, rooms ...; clock of a search; evidence."""
