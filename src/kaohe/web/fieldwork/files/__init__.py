"""Files that people send: what they really are, made harmless, stored; no tables here."""
