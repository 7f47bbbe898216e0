"""Formats: one file each. Every renderer is a pure function from an answer's rows, or from views, to text."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ROWS = {
    "tsv": "drugref.render.tsv",
    "csv": "drugref.render.csv",
    "json": "drugref.render.json",
    "jsonl": "drugref.render.jsonl",
}
"""Formats for programs, and the modules that make them: ``render(answer, header)`` yields lines."""
PAGES = {
    "table": "drugref.render.table",
    "markdown": "drugref.render.markdown",
    "html": "drugref.render.html",
    "plain": "drugref.render.plain",
}
"""Formats for people, and the modules that make them: ``render(views, style)`` returns text."""


def renderer(shown_as: str) -> "Any":
    """Return the function that makes a format. Raises KeyError for a format that is not here."""
    return __import__((ROWS | PAGES)[shown_as], fromlist=("render",)).render  # importlib would cost
