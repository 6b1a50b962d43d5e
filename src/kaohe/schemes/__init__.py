"""The shipped regulations (考核办法), a folder each with its ``scheme.yaml``: data, no code."""
