"""Names offered at TAB. Answers come from the compiled stores; for a drug's name without Typer, in its protocol."""

import os
import sqlite3

from drugref import places
from drugref.columns import PART_COMMANDS
from drugref.errors import DrugrefError
from drugref.store import Store, open_store
from drugref.text import name_key

TAKE_DRUGS = frozenset(("show", *PART_COMMANDS, "sources", "compare", "export"))
"""Commands whose plain words are names of drugs."""
_MOST = 200
"""More names than anyone reads are not offered."""
_MARKS = "-._+"
_LEAST = 3
"""Letters after which names of the index of medicines are offered as well; there are tens of thousands of them."""

_SELDOM_TYPED = ("salt", "synonym", "code", "WHO name", "JAN")
"""Kinds of names of the index that are found when typed and not offered."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def drugs(incomplete: str) -> list[str]:
    """Return names that begin as typed: INNs first; other names only once something is typed."""
    found: dict[str, None] = {}
    for path in places.databases():
        try:
            found.update(dict.fromkeys(_names(open_store(path), incomplete)))
        except (DrugrefError, sqlite3.Error):
            continue  # TAB is no place for a complaint; the command itself will make it
    if len(name_key(incomplete)) >= _LEAST and len(found) < _MOST:
        from drugref import medicines

        names = (name for _, _, kind, name in medicines.beginning(incomplete, _MOST) if kind not in _SELDOM_TYPED)
        found.update(dict.fromkeys(_as_typed(names, incomplete)))
    return list(found)[:_MOST]


def _names(store: Store, incomplete: str) -> list[str]:
    key = name_key(incomplete)
    sql = "SELECT name FROM name WHERE key >= ? AND key < ?" + ("" if key else " AND kind = 'inn'")
    sql += " ORDER BY kind != 'inn', key LIMIT ?"
    rows = store.connection.execute(sql, (key, key + "\U0010ffff", _MOST))
    return _as_typed((name for (name,) in rows), incomplete)


def _as_typed(names: "Iterable[str]", incomplete: str) -> list[str]:
    """Return the names that a shell can put in place of the word as typed, which they have to begin with.

    Spaces would split a name, and count as hyphens anyway.
    """
    words = [name.replace(" ", "-") for name in names]
    typed = incomplete.casefold()
    return [incomplete + word[len(incomplete) :] for word in words if word.casefold().startswith(typed) and _is_word(word)]


def _is_word(name: str) -> bool:
    """Tell whether a shell takes a name as one word as it stands, with nothing to quote and nothing to run."""
    return all(char.isalnum() or char in _MARKS for char in name)


def answer() -> tuple[str, int] | None:
    """Answer the completion that the environment asks for: what to print and the exit code.

    None if it asks for something else than a drug's name, or in a way that only Typer can read.
    """
    shell = os.environ.get("_DRUGREF_COMPLETE", "").removeprefix("complete_")
    words = _words(shell)
    if words is None or len(words) < 3 or words[1] not in TAKE_DRUGS or any(word.startswith("-") for word in words[2:]):
        return None
    found = drugs(words[-1])
    if shell == "fish" and os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return "", 0 if found else 1
    if shell == "zsh":
        listed = "\n".join(f'"{word}"' for word in found)
        return (f"_arguments '*: :(({listed}))'" if found else "_files") + "\n", 0
    return "\n".join(found) + "\n", 0


def _words(shell: str) -> list[str] | None:
    """Return the words up to the one to complete, which is the last and may be empty."""
    if shell == "bash":
        words = os.environ.get("COMP_WORDS", "").split("\n")
        position = os.environ.get("COMP_CWORD", "")
        words = [*words, ""][: int(position) + 1] if position.isdigit() else []
    elif shell in ("zsh", "fish"):
        typed = os.environ.get("_TYPER_COMPLETE_ARGS", "")
        words = typed.split() + ([""] if typed.endswith(" ") else [])
    else:
        return None
    return None if any(mark in word for word in words for mark in "\"'\\$`") else words


def mend_zsh() -> None:
    """Make what was installed for zsh complete from the first TAB on.

    zsh reads the file at the first TAB and takes it for the function itself; Typer's file only defines one, so that nothing
    happens until the second TAB.
    """
    path = os.path.expanduser("~/.zfunc/_drugref")
    call = '_drugref_completion "$@"'
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if "_drugref_completion()" in text and call not in text:
            with open(path, "a", encoding="utf-8") as file:
                file.write(f"\n\n{call}\n")
    except OSError:
        pass  # nothing was installed for zsh
