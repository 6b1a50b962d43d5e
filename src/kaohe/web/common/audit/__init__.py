"""The audit log: who did what, before and after, in a chain that shows any tampering."""
