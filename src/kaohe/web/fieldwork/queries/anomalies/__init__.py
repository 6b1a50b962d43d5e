"""What a look at a month's records may find striking, a module a sort."""
