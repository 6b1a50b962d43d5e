"""A site to look at: a made-up county, a year with its regulation, and an account for each role."""
