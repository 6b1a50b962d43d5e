"""Every write of daily work: one function a user's intent."""
