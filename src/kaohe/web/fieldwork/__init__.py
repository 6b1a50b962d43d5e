"""What they did: attendance, leave, journals, reports, information, records, projects."""
