"""Every write of inspections: one function a user's intent."""
