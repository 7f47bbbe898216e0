"""Formats: one file each. Every renderer is a pure function from a view to lines of text.

``tsv``, ``csv``, ``json`` and ``jsonl`` render an answer's rows; ``table`` and ``markdown`` render pages.
"""
