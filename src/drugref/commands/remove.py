"""A database of the data folder removed, once its name was typed again."""

import os
import sys

from drugref import output, places
from drugref.answer import Answer
from drugref.errors import DrugrefError
from drugref.store import open_store
from drugref.text import printable


def removed(name: str) -> Answer:
    """Remove the database of a name and return what there is to say.

    Only a file of the data folder is removed, and only after its exact name was read from standard input. Raises
    DrugrefError if there is none or the name was not given again.
    """
    answer = Answer("databases")
    answer.text, answer.code = "", 0
    path = _path(name)
    kind = "your own file" if path.endswith(places.TOML) else "imported"
    output.warn(f"{path} ({kind}{_held(path)}) will be removed for good; type {name} to confirm, anything else to keep it")
    if _typed() != name:
        raise DrugrefError(f"{name} was not typed again; nothing was removed")
    try:
        os.unlink(path)
    except OSError as error:
        raise DrugrefError(f"cannot remove {path}: {error.strerror or error}") from None
    answer.remarks.append(f"{path}: removed")
    return answer


def _path(name: str) -> str:
    """Return the one file of the data folder that a name means: the file's, with or without its ending."""
    folder = places.data_folder()
    try:
        entries = sorted(os.listdir(folder)) if folder else []
    except OSError:
        entries = []
    ours = [entry for entry in entries if entry.endswith((places.TOML, places.STORE)) and not entry.startswith(".")]
    found = [entry for entry in ours if name in (entry, os.path.splitext(entry)[0])]
    shown = printable(name, 60)
    if not found or not folder:
        held = f"it has {', '.join(ours)}" if ours else "it has none"
        raise DrugrefError(f"no database {shown!r} in {folder or 'the data folder'}: {held}")
    if len(found) > 1:
        raise DrugrefError(f"{shown} may mean {' or '.join(found)}; name the file")
    path = os.path.join(folder, found[0])
    if not (os.path.isfile(path) or os.path.islink(path)):
        raise DrugrefError(f"{path} is no file")
    return path


def _held(path: str) -> str:
    try:
        with open_store(path) as store:
            return f", {int(store.meta('drugs')):,} drugs"
    except (DrugrefError, ValueError):
        return ""  # damaged, or of another version: a reason to remove it


_LONGEST = 4096
"""Characters read of what is typed; no file has so long a name."""


def _typed() -> str:
    try:
        return sys.stdin.readline(_LONGEST).rstrip("\r\n") if sys.stdin else ""
    except (OSError, ValueError):
        return ""
