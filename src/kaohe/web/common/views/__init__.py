"""Pages without a domain."""
