"""Logging in: backends, adapters for allauth, lock-out, invitations, sessions."""
