"""The web: one Django project, its domains stacked so that imports point downwards only."""
