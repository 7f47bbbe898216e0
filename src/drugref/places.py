"""Where databases and their compiled forms lie (XDG base directories; nothing is created here)."""

import os

TOML, STORE = ".toml", ".sqlite"
PASSED_OVER = "passed over until it is mended or moved away"
"""What becomes of a database that cannot be used and that nobody named."""


def bundled() -> str:
    """Return the path of the database that comes with drugref: in the package, or beside it in a checkout."""
    here = os.path.dirname(os.path.abspath(__file__))
    packaged = os.path.join(here, "data", "drugs.toml")
    if os.path.exists(packaged):
        return packaged
    return os.path.join(os.path.dirname(os.path.dirname(here)), "data", "drugs.toml")


def vocabulary() -> str:
    """Return the path of the thesaurus, beside the bundled database."""
    return os.path.join(os.path.dirname(bundled()), "vocabulary.toml")


def expectations() -> str:
    """Return the path of what is expected of each class, beside the bundled database."""
    return os.path.join(os.path.dirname(bundled()), "expectations.toml")


def _base(variable: str, *default: str) -> str | None:
    """Return an XDG base directory; None without one. Relative values are to be ignored, says the specification."""
    value = os.environ.get(variable, "")
    if os.path.isabs(value):
        return value
    # An empty HOME is none, and would make a path of the root folder's.
    home = os.path.expanduser("~") if os.environ.get("HOME", "~") else ""
    return os.path.join(home, *default) if os.path.isabs(home) else None


def data_folder() -> str | None:
    """Return the folder of the user's own and imported databases; None if there is no home."""
    base = _base("XDG_DATA_HOME", ".local", "share")
    return base and os.path.join(base, "drugref")


def cache_folder() -> str | None:
    """Return the folder of compiled databases; None if there is no home."""
    base = _base("XDG_CACHE_HOME", ".cache")
    return base and os.path.join(base, "drugref")


def databases(named: "Sequence[str]" = (), tell: "Callable[[str], object] | None" = None) -> list[str]:
    """Return the paths of the databases in use, those that precede first.

    Databases named on the command line, then those of ``DRUGREF_DB``, then the user's own files, then the bundled one, then
    imported ones. A path stands once, at its first place. ``tell`` is told in words if the user's folder cannot be read.
    """
    own, imported = [], []
    folder = data_folder() or ""
    for entry in _entries(folder, tell):
        if entry.startswith("."):
            continue
        if entry.endswith(TOML):
            own.append(os.path.join(folder, entry))
        elif entry.endswith(STORE):
            imported.append(os.path.join(folder, entry))
    return list(dict.fromkeys([*named, *_environment(), *own, bundled(), *imported]))


def named(database: str) -> str:
    """Return the path of a database that somebody names: as it stands, or a bare name as ``--to`` gave it in the user's folder.

    A file of that name where one stands goes before.
    """
    folder = data_folder()
    if folder and database and os.path.basename(database) == database and not os.path.exists(database):
        for suffix in ("", STORE, TOML):
            if os.path.isfile(path := os.path.join(folder, database + suffix)):
                return path
    return database


def not_named(paths: "Sequence[str]", named: "Sequence[str]" = ()) -> set[str]:
    """Return those of some databases that nobody named: they only lie in the user's folder."""
    folder = data_folder()
    asked = {*named, *_environment(), bundled()}
    return {path for path in paths if path not in asked and os.path.dirname(path) == folder}


def _environment() -> list[str]:
    return [named(path) for path in os.environ.get("DRUGREF_DB", "").split(os.pathsep) if path]


def _entries(folder: str, tell: "Callable[[str], object] | None") -> list[str]:
    try:
        return sorted(os.listdir(folder)) if folder else []
    except OSError as error:
        # Where there is no folder there is nothing to miss; one that cannot be read may hold a correction.
        if tell and os.path.lexists(folder):
            tell(f"cannot read the folder of your databases, {folder}: {error.strerror}; mend it or move it away")
        return []


TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
