"""A database written out: as facts, one stream of them and one file a format that makes bytes of it, or as a folder."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

FORMATS = {
    "jsonl": "drugref.export.jsonl",
    "parquet": "drugref.export.parquet",
    "fhir": "drugref.export.fhir",
}
"""Formats of an export, and the modules that make them: ``render(drugs)`` yields bytes."""
FOLDERS = {"html": "drugref.export.site"}
"""Formats that fill a folder, and the modules that do: ``write(found, folder)``."""


def renderer(shown_as: str) -> Callable[..., Any]:
    """Return the function that makes a format. Raises KeyError for a format that is not here."""
    render: Callable[..., Any] = import_module(FORMATS[shown_as]).render
    return render


def writer(shown_as: str) -> Callable[..., Any]:
    """Return the function that fills a folder. Raises KeyError for a format that is not here."""
    write: Callable[..., Any] = import_module(FOLDERS[shown_as]).write
    return write
