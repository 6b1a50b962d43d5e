"""Who: units, villages, people, teams, postings, work-years, and accounts with their scope."""
