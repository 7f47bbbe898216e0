"""Labels in one form, gathered by what is in them and made into records."""
