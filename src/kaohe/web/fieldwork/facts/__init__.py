"""The year's records as facts for the engine: each number with the rows that it was counted from."""
