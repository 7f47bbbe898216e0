"""Where databases and their compiled forms lie (XDG base directories; nothing is created here)."""

import os

TOML, STORE = ".toml", ".sqlite"


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


def _base(variable: str, *default: str) -> str | None:
    """Return an XDG base directory; None without one. Relative values are to be ignored, says the specification."""
    value = os.environ.get(variable, "")
    if os.path.isabs(value):
        return value
    home = os.path.expanduser("~")
    return os.path.join(home, *default) if os.path.isabs(home) else None


def data_folder() -> str | None:
    """Return the folder of the user's own and imported databases; None if there is no home."""
    base = _base("XDG_DATA_HOME", ".local", "share")
    return base and os.path.join(base, "drugref")


def cache_folder() -> str | None:
    """Return the folder of compiled databases; None if there is no home."""
    base = _base("XDG_CACHE_HOME", ".cache")
    return base and os.path.join(base, "drugref")


def databases(named: tuple[str, ...] = ()) -> list[str]:
    """Return the paths of the databases in use, those that precede first.

    Databases named on the command line, then those of ``DRUGREF_DB``, then the user's own files, then the bundled one, then
    imported ones. A path stands once, at its first place.
    """
    environment = [path for path in os.environ.get("DRUGREF_DB", "").split(os.pathsep) if path]
    own, imported = [], []
    folder = data_folder()
    if folder:
        try:
            entries = sorted(os.listdir(folder))
        except OSError:
            entries = []
        for entry in entries:
            if entry.startswith("."):
                continue
            if entry.endswith(TOML):
                own.append(os.path.join(folder, entry))
            elif entry.endswith(STORE):
                imported.append(os.path.join(folder, entry))
    return list(dict.fromkeys([*named, *environment, *own, bundled(), *imported]))
