"""The curated file: what it may hold, how it is checked and how it is written."""
