"""Running a site: setting up, serving, background work, backups, health, the demonstration."""
