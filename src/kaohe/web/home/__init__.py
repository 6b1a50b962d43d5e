"""The first page of each role, and the help; it knows all domains, and none knows it."""
