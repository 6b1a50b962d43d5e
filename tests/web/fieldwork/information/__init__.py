"""Information items and research reports."""
