"""Addresses without a domain: the audit log, and long work."""
