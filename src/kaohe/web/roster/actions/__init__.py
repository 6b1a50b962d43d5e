"""Every write of the roster: one function a user's intent, see common/writing.py."""
