"""The shortest way: a drug's name as a command, ``help``, and the line that was probably meant where one is wrong."""

import shlex

from drugref import places, query, spec
from drugref.bands import BANDS
from drugref.errors import AmbiguousNameError, DrugrefError, UsageError
from drugref.store import Store, open_store
from drugref.text import printable

_SHOWN = 120
_NEAR = 0.65
"""Least likeness of a word that was probably a slip of another."""
_SAID_FOR = {
    "frequent": "common", "very-frequent": "very-common", "infrequent": "uncommon", "occasional": "uncommon",
    "less-common": "uncommon", "unknown": "not-known", "often": "common", "seldom": "rare",
}  # fmt: skip
"""Other words for bands."""


def spelled_out(arguments: list[str]) -> list[str]:
    """Return a command line whose first word is no command as one that has a command; raise UsageError where it is a slip.

    ``help`` and what begins with a hyphen are Typer's; everything else is a drug to show.
    """
    first, *rest = arguments
    if first.startswith("-"):
        return arguments
    if first == "help":
        return _help(rest)
    words = [word.casefold() for word in arguments]
    for length in (4, 3, 2):
        command = _command("-".join(words[:length])) if len(words) >= length else ""
        if command and not _is_known(" ".join(arguments[:length])):
            raise UsageError(f"no such command: {_line([first])[8:]}; did you mean: {_line([command, *arguments[length:]])}")
    if command := _command(words[0]):  # a command in capitals
        return [command, *rest]
    names = [word for word in arguments if not word.startswith("-")]
    together = " ".join(names)
    if _is_known(first):
        # insulin glargine is one medicine, where its words are no two.
        if len(names) > 1 and not all(map(_is_known, names)) and _is_known(together):
            return ["show", together, *(word for word in arguments if word.startswith("-"))]
        return ["show", *arguments]
    if len(names) > 1 and arguments[: len(names)] == names and _is_known(together):
        return ["show", together, *arguments[len(names) :]]
    near = _near(words[0], [*spec.COMMANDS, *spec.ALIASES, "help"])
    if near:
        meant = spec.ALIASES.get(near, near)
        raise UsageError(f"no command and no drug: {printable(first, 60)}; did you mean: {_line([meant, *rest])}")
    return ["show", *arguments]


def _help(words: list[str]) -> list[str]:
    if not words:
        return ["--help"]
    name = "-".join(words).casefold()
    if command := _command(name):
        return [command, "--help"]
    near = _near(name, [*spec.COMMANDS, *spec.ALIASES])
    hint = f"; did you mean: {_line(['help', spec.ALIASES.get(near, near)])}" if near else " (see drugref --help)"
    raise UsageError(f"no such command: {printable(name, 60)}{hint}")


def _command(word: str) -> str:
    name = spec.ALIASES.get(word, word)
    return name if name in spec.COMMANDS else ""


def _is_known(name: str) -> bool:
    """Tell whether a record or the index knows a name; an ambiguous one is known."""
    from drugref import medicines

    stores: list[Store] = []
    try:
        for path in places.databases():
            try:
                stores.append(open_store(path))
            except DrugrefError:
                continue  # the command that it turns out to be will name it
        return bool(query.look_up(name, stores) or medicines.owners(name))
    except AmbiguousNameError:
        return True
    finally:
        for store in stores:
            store.close()


def _near(word: str, words: "list[str]") -> str:
    """Return the word that another is probably a slip of; "" if none is near enough.

    One is never a slip of its opposite: indications and contraindications differ by a whole word before.
    """
    from drugref.likeness import alike

    allowed = [other for other in words if other.startswith(("contra", "non")) == word.startswith(("contra", "non"))]
    found = alike(word, allowed, 100 * _NEAR, 1)
    return allowed[found[0]] if found else ""


def probably(arguments: list[str]) -> str:
    """Return the line that was probably meant by one that no command takes; "" if nobody can tell."""
    name = _command(arguments[0]) if arguments else ""
    command = spec.COMMANDS.get(name)
    if command is None:
        return ""
    flags = {flag: option for option in command.options for its in option.flags for flag in its.split("/")}
    line, changed, taking = [name], False, None
    for word in arguments[1:]:
        better = word
        if taking:
            if taking.choices and word not in taking.choices:
                better = _choice(word, taking.choices)
            taking = None
        elif word.startswith("-") and word != "-":
            flag, equals, value = word.partition("=")
            if flag not in flags:
                better = _flag(flag, flags) + equals + value if _flag(flag, flags) else ""
            option = flags.get(better.partition("=")[0])
            taking = option if option and option.takes and not equals else None
        if not better:
            return ""
        changed = changed or better != word
        line.append(better)
    return _line(line) if changed else ""


def _flag(flag: str, flags: "dict[str, spec.Option]") -> str:
    plain = "--" + flag.lstrip("-").casefold().replace("_", "-")
    return plain if plain in flags else _near(plain, list(flags))


def _choice(word: str, choices: "tuple[str, ...]") -> str:
    plain = word.casefold().strip().replace(" ", "-").replace("_", "-")
    said = _SAID_FOR.get(plain, plain) if choices == BANDS else plain
    return said if said in choices else _near(said, list(choices))


def _line(words: list[str]) -> str:
    return printable(shlex.join(["drugref", *words]), _SHOWN)
