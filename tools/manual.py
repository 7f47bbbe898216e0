"""The manual page, made of what ``spec`` says of the commands: ``python -m tools.manual > man/drugref.1``."""

from drugref import __version__, spec
from drugref.cli import HELP
from drugref.examples import EXAMPLES
from drugref.theme import SAFE, THEMES

_EXIT = (
    ("0", "found and printed"),
    ("1", "could not do it: unreadable file, disk full; one line says what"),
    ("2", "usage"),
    ("3", "unknown drug: named on standard error with near names, none substituted; the known ones are still printed"),
    ("4", "known drug or valid query, but nothing recorded matches; this is not evidence of safety"),
    ("5", "a database is invalid"),
    ("130, 141", "interrupted; the reader of the pipe went away"),
)
_ENVIRONMENT = (
    ("DRUGREF_DB", "Databases of your own, before all others, joined by colons."),
    ("DRUGREF_PLAIN", "If not empty, plain lines in place of tables on a terminal, as by --plain; TERM=dumb does the same."),
    (
        "DRUGREF_COLORS",
        f"How roles look: a theme ({', '.join(THEMES)}) and ROLE=STYLE, joined by colons, as in dark:bar=green. Roles: "
        f"{', '.join(SAFE)}. A style is words: bold, dim, italic, underline, reverse, one of the sixteen colours (red, "
        "bright_red), on and a colour behind the text, or none.",
    ),
    ("DRUGREF_PAGER, PAGER", "The pager for what is longer than the screen; less without them."),
    ("DRUGREF_DEBUG", "If not empty, an unexpected error shows where it arose."),
    ("NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM", "As usual."),
    ("FORCE_HYPERLINK", "1 or 0: whether the terminal has links; without it, known by its name."),
    ("COLUMNS", "Width to fit a table into."),
    ("XDG_DATA_HOME, XDG_CACHE_HOME", "Where the folders below lie."),
)
_FILES = (
    ("~/.local/share/drugref/*.toml", "databases of your own, which precede the bundled one"),
    ("~/.local/share/drugref/*.sqlite", "imported databases"),
    ("~/.cache/drugref/", "compiled forms, made again when their source changes; may be deleted at any time"),
)
_LIMITS = (
    "It is a reference, not medical advice, and it is not complete. What is not recorded is not thereby safe. Doses are left "
    "out on purpose: they stand in a product's label. Check the product's current label before you act."
)


def manual() -> str:
    """Return the manual page in man's macros."""
    out = [
        '.\\" Made by tools/manual.py; do not edit.',
        f'.TH DRUGREF 1 "" "drugref {__version__}" "User Commands"',
        ".SH NAME",
        "drugref \\- offline pharmacology reference",
        ".SH SYNOPSIS",
        ".B drugref",
        ".I COMMAND",
        "[\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]",
        ".SH DESCRIPTION",
        _text(HELP),
        ".PP",
        _text("On a terminal it shows tables, elsewhere tab-separated lines, one fact each; --format chooses another format."),
        ".SH COMMANDS",
    ]
    shared = set(spec.SHOWN)
    for name, command in spec.COMMANDS.items():
        argument = f" [\\fIOPTIONS\\fR] \\fI{_text(command.argument.metavar)}\\fR" if command.argument else " [\\fIOPTIONS\\fR]"
        out += [f".SS drugref {_text(name)}{argument}", _text(command.help)]
        if command.argument:
            out += [".TP", f".I {_text(command.argument.metavar)}", _text(command.argument.help)]
        for option in command.options:
            out += [] if option in shared else _option(option)
        if command.columns:
            out += [".PP", f"Columns: {_text(', '.join(command.columns))}."]
    out += [".SH OPTIONS OF EVERY COMMAND THAT SHOWS SOMETHING"]
    for option in spec.SHOWN:
        out += _option(option)
    out += _list("EXIT STATUS", _EXIT) + _list("ENVIRONMENT", _ENVIRONMENT) + _list("FILES", _FILES)
    out += [".SH EXAMPLES", ".nf"]
    out += [_text(example) for examples in EXAMPLES.values() for example in examples]
    out += [".fi", ".SH LIMITS", _text(_LIMITS), ".SH SEE ALSO", ".BR less (1),", ".BR jq (1)"]
    return "\n".join(out) + "\n"


def _option(option: spec.Option) -> list[str]:
    flags = ", ".join(f"\\fB{_text(flag)}\\fR" for flags in sorted(option.flags, key=len) for flag in flags.split("/"))
    return [".TP", flags + (f" \\fI{_text(option.metavar)}\\fR" if option.takes else ""), _text(option.help)]


def _list(title: str, entries: tuple[tuple[str, str], ...]) -> list[str]:
    return [f".SH {title}", *(line for name, words in entries for line in (".TP", f"\\fB{_text(name)}\\fR", _text(words)))]


def _text(text: str) -> str:
    """Return text as it stands on a line of roff: nothing of it is a request, hyphens stay hyphens."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("≥", "\\(>=")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    print(manual(), end="")
