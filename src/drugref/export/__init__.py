"""A database written out as facts: one stream of them, and one file a format, which makes bytes of it."""

FORMATS: tuple[str, ...] = ("jsonl", "parquet", "fhir")
"""Formats of an export; each has a module of its name here."""
