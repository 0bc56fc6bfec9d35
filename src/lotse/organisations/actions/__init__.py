"""What can be done in an organisation: verbs, keywords only, `by=` who acts."""
