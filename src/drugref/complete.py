"""What is offered at TAB, from the compiled stores: names of drugs, effects, uses, conditions, classes; without Typer, in its
protocol.
"""

import os

from drugref import places, sqlite
from drugref.columns import PART_COMMANDS
from drugref.errors import DrugrefError
from drugref.spec import ALIASES, COMMANDS
from drugref.store import Store, open_store
from drugref.text import name_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from drugref.spec import Option

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
            with open_store(path) as store:
                found.update(dict.fromkeys(_names(store, incomplete)))
        except (DrugrefError, sqlite.Error):
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


_COLUMNS = {
    "effects": ("side-effects",),
    "uses": ("uses",),
    "conditions": ("contraindications", "cautions"),
    "classes": ("class",),
}
"""What is recorded of each kind, as columns of the full-text table."""


def _recorded(kind: str) -> "Callable[[str], list[str]]":
    """Return what offers the terms of a kind that are recorded and begin as typed; of classes all where nothing is typed."""

    def offer(incomplete: str) -> list[str]:
        typed = incomplete.replace("-", " ").casefold().lstrip()
        if not typed and kind != "classes":
            return []  # some hundred of many thousands would only mislead
        found: dict[str, None] = {}
        for path in places.databases():
            try:
                with open_store(path) as store:
                    for column in _COLUMNS[kind]:
                        terms = (term for text in _terms(store, column, typed) for term in text.split(" > "))
                        found.update(dict.fromkeys(word for term in terms if (word := _as_word(term, typed, incomplete))))
            except (DrugrefError, sqlite.Error):
                continue
        return sorted(found, key=str.casefold)[:_MOST]

    return offer


def _terms(store: Store, column: str, typed: str) -> "list[str]":
    """Return the different texts of a column in which a word begins as typed, or nearly so."""
    start = "".join(char for char in typed.split(" ")[0] if char.isalnum())[:3]
    sql = f'SELECT DISTINCT "{column}" FROM passage WHERE '
    if not start:
        rows = store.connection.execute(f"{sql} \"{column}\" != ''")
    else:
        # Words stand there by their stems, which differ from them at the end only, but for a y.
        stem = start[:2] if start.endswith(("y", "Y")) else start
        first = "" if column == "class" else "^ "
        rows = store.connection.execute(f"{sql} passage MATCH ?", (f'{{"{column}"}} : {first}"{stem}" *',))
    return [str(row[0]) for row in rows]


def _as_word(term: str, typed: str, incomplete: str) -> str:
    """Return a term as one word for a shell, beginning as typed; "" if it begins otherwise or would have to be quoted."""
    if not term.casefold().startswith(typed):
        return ""
    word = term.replace(" ", "-").replace("–", "-")
    whole = incomplete + word[len(incomplete) :]
    return whole if _is_word(whole) else ""


COMPLETERS: "dict[str, Callable[[str], list[str]]]" = {"drugs": drugs, **{kind: _recorded(kind) for kind in _COLUMNS}}
"""What is offered at TAB, by what an argument or option completes."""


def _is_word(name: str) -> bool:
    """Tell whether a shell takes a name as one word as it stands, with nothing to quote and nothing to run."""
    return all(char.isalnum() or char in _MARKS for char in name)


def answer() -> tuple[str, int] | None:
    """Answer the completion that the environment asks for: what to print and the exit code.

    None if it asks for something else than a drug's name, or in a way that only Typer can read.
    """
    shell = os.environ.get("_DRUGREF_COMPLETE", "").removeprefix("complete_")
    if shell == "bash" and not os.environ.get("COMP_CWORD", "").isdecimal():
        return "", 0  # which word is meant cannot be told, and Typer would fail over it
    words = _words(shell)
    if words is None or len(words) < 3:
        return None
    if (option := _option_of(words)) and option.takes and option.completes:
        found = COMPLETERS[option.completes](words[-1])
    elif words[1] not in TAKE_DRUGS or any(word.startswith("-") for word in words[2:]):
        return None
    else:
        found = drugs(words[-1])
    if shell == "fish" and os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return "", 0 if found else 1
    if shell == "zsh":
        listed = "\n".join(f'"{word}"' for word in found)
        return (f"_arguments '*: :(({listed}))'" if found else "_files") + "\n", 0
    return "\n".join(found) + "\n", 0


def _option_of(words: list[str]) -> "Option | None":
    """Return the option whose value the last word is; None if it is none's."""
    command = COMMANDS.get(ALIASES.get(words[1], words[1]))
    options = command.options if command and not words[-1].startswith("-") else ()
    return next((option for option in options if words[-2] in option.flags), None)


def _words(shell: str) -> list[str] | None:
    """Return the words up to the one to complete, which is the last and may be empty."""
    if shell == "bash":
        words = os.environ.get("COMP_WORDS", "").split("\n")
        position = os.environ.get("COMP_CWORD", "")
        words = [*words, ""][: int(position) + 1] if position.isdecimal() else []
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
