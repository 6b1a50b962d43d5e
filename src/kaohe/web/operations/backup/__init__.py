"""A site in one file: every table as lines of JSON, every uploaded file, and a manifest of hashes.

Rows are told by their columns' types and not in a database's own form, so that a backup made on one
kind of database is restored on the other. docs/operations.md says what is in it, and what is not.
"""
