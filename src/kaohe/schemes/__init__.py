"""The shipped regulations (考核办法), one folder each with its ``scheme.yaml``; data only, no code."""
