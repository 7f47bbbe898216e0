"""The command line, said once: each command with its columns, its argument and its options.

Typer's declarations are made from this (``cli``), and so is the reader below, which makes the same request without Typer when
every word is known to it. No import that costs: every look-up loads this.
"""

from drugref import places
from drugref.bands import BANDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Option:
    """An option: its flags, what it takes, and what is said of it."""

    __slots__ = ("choices", "completes", "default", "flags", "help", "least", "metavar", "name", "takes")

    def __init__(
        self,
        flag: str,
        help: str,
        *,
        takes: str = "",
        metavar: str = "",
        choices: "tuple[str, ...]" = (),
        short: str = "",
        default: "Any" = None,
        completes: str = "",
        least: "int | None" = None,
    ) -> None:
        self.flags = (flag, short) if short else (flag,)
        """The flags, the long one first; ``--yes/--no`` are two that say the opposite."""
        self.name = flag.split("/")[0].removeprefix("--").replace("-", "_")
        """Name of its value in a request."""
        self.help = help
        """What it does, in a sentence."""
        self.takes = takes
        """What follows it: "" nothing, ``word``, ``words`` (it may be given several times) or ``number``."""
        self.metavar = metavar
        """What stands for its value in help."""
        self.choices = choices
        """Values that it may have; none for any."""
        self.default: Any = default if takes else False if default is None and "/" not in flag else default
        """Its value where it is not given."""
        self.completes = completes
        """What is offered at TAB, one of ``complete.COMPLETERS``; "" for its choices."""
        self.least = least
        """Of a number, the least that it may be."""


class Argument:
    """What stands on a command line beside options."""

    __slots__ = ("completes", "fallback", "help", "metavar", "needed")

    def __init__(self, metavar: str, help: str, *, needed: str = "", completes: str = "", fallback: str = "") -> None:
        self.metavar = metavar
        """What stands for it in help."""
        self.help = help
        """What it is, in a sentence."""
        self.needed = needed
        """What is said where it is missing; "" if it may be."""
        self.completes = completes
        """What is offered at TAB: ``drugs``, which then are what is named, or "" for files."""
        self.fallback = fallback
        """What stands for it where neither it nor an option names a drug."""


class Command:
    """A command: which module of ``commands`` carries it out, what it prints, and what may be said to it."""

    __slots__ = ("_own", "_whole", "argument", "columns", "help", "module", "opens", "shows")

    def __init__(
        self,
        module: str,
        help: str,
        columns: "tuple[str, ...]" = (),
        *,
        argument: "Argument | None" = None,
        options: "Callable[[], tuple[Option, ...]]" = tuple,
        opens: bool = True,
    ) -> None:
        self.module = module
        """Module of ``drugref.commands``: it has ``answer``, or ``perform`` if the command shows nothing."""
        self.help = help
        """What it does, in a sentence."""
        self.columns = columns
        """Columns of its tab-separated output, none if it shows nothing. New ones come at the end: scripts count on them."""
        self.argument = argument
        """What stands beside its options; None for nothing."""
        self.opens = opens
        """Whether it answers from the databases in use, which are then opened for it."""
        self.shows = bool(columns)
        """Whether it shows an answer in one of the formats."""
        self._own = options
        self._whole: tuple[Option, ...] = ()

    @property
    def options(self) -> "tuple[Option, ...]":
        """Its options, those of every command that shows something among them; made when they are asked for first, as a
        look-up needs those of one command alone."""
        if not self._whole:
            self._whole = self._own() + SHOWN if self.shows else self._own()
        return self._whole


FORMATS = ("table", "tsv", "csv", "json", "jsonl", "markdown", "html", "plain")
"""Formats of answers; ``render`` has what makes each."""
EXPORTS = ("jsonl", "parquet", "fhir", "html")
"""Formats of an export; ``export`` has what makes each."""
COLORS = ("auto", "always", "never")
STATUSES = (
    "approved", "restricted", "suspended", "withdrawn", "discontinued", "investigational", "not-approved", "in-use",
)  # fmt: skip
KINDS = ("homeopathic", "cosmetic", "sunscreen", "other")
"""Kinds of product that an import leaves out unless asked for."""
SEARCH_LIMIT = 50
"""Most passages that a search shows unless told otherwise."""

SHOWN = (
    Option(
        "--format", f"{', '.join(FORMATS)}; table on a terminal, tsv elsewhere.", takes="word", metavar="FORMAT",
        choices=FORMATS, short="-f",
    ),
    Option("--json", "The same as --format json."),
    Option("--plain", "The same as --format plain: one sentence a line, for screen readers."),
    Option("--header/--no-header", "Column names on the first line (csv has them, tsv not)."),
    Option("--db", "A database of your own, before all others; repeatable.", takes="words", metavar="PATH"),
    Option("--color", f"{', '.join(COLORS)}.", takes="word", metavar="WHEN", choices=COLORS, default="auto"),
    Option("--no-pager", "Never page."),
)  # fmt: skip
"""Options of every command that shows something."""

EXPLAIN = Option("--explain", "Of a reverse look-up, say every word that was looked for.")
ALL_CLAIMS = Option("--all-claims", "In forms for people every source's claim, not each effect once.")
DRUGS = Argument("DRUG...", "INN, brand, synonym, salt or code; - reads names, one a line.", completes="drugs")
_NAMED = Argument(
    DRUGS.metavar, DRUGS.help, completes="drugs", needed="name a drug, or - to read names from standard input"
)  # fmt: skip

COMMANDS: "dict[str, Command]" = {
    "show": Command(
        "facts", "Show one drug or several: a card of one screen on a terminal, the whole record elsewhere.",
        ("drug", "part", "group", "item", "detail", "source"),
        argument=_NAMED,
        options=lambda: (Option("--all", "On a terminal the whole page, not the card."), ALL_CLAIMS),
    ),
    "mechanism": Command(
        "facts", "Show the mechanism of action and the molecular targets.", ("drug", "kind", "item", "detail", "source"),
        argument=DRUGS,
    ),
    "uses": Command(
        "facts", "Show what drugs are used for: approved, off-label, claimed, investigated.",
        ("drug", "kind", "condition", "detail", "source", "route", "population", "place"),
        argument=DRUGS,
        options=lambda: (
            Option("--for", "Reverse: which drugs are used for this.", takes="word", metavar="TEXT", completes="uses"),
            EXPLAIN,
        ),
    ),
    "side-effects": Command(
        "facts", "Show side effects by frequency band; the flags for bands add up.",
        (
            "drug", "band", "effect", "incidence", "basis", "serious", "source", "least", "population", "route", "comparator",
            "attribution", "low", "high",
        ),
        argument=DRUGS,
        options=lambda: (
            Option("--common", "Very common and common (1/100 and more)."),
            Option("--uncommon", "Uncommon (1/1,000 to below 1/100)."),
            Option("--rare", "Rare and very rare (below 1/1,000)."),
            Option(
                "--frequency", f"One exact band, repeatable: {', '.join(BANDS)}.", takes="words", metavar="BAND", choices=BANDS
            ),
            Option("--at-least", "That band and every more frequent one.", takes="word", metavar="BAND", choices=BANDS),
            Option("--serious", "Only effects marked serious."),
            Option("--merged", "In forms for programs one line an effect: the claim that speaks for the drug."),
            ALL_CLAIMS,
            Option("--effect", "Reverse: which drugs do this.", takes="word", metavar="TEXT", completes="effects"),
            EXPLAIN,
        ),
    ),
    "contraindications": Command(
        "facts", "Show what forbids a drug and, apart from it, what asks for care.",
        ("drug", "kind", "item", "type", "detail", "source", "route", "population", "place"),
        argument=DRUGS,
        options=lambda: (
            Option(
                "--with", "Reverse: which drugs must not, or only with care, be given with this.", takes="word", metavar="TEXT",
                completes="conditions",
            ),
            Option("--absolute", "Contraindications alone, no cautions."),
            EXPLAIN,
        ),
    ),
    "interactions": Command(
        "interactions",
        "Show what must not, or only with care, be given with a drug; of several, what stands between them.",
        ("drug", "with", "kind", "via", "detail", "source"),
        argument=_NAMED,
    ),
    "pharmacokinetics": Command(
        "facts", "Show what the body does to drugs: half-life, bioavailability, metabolism, excretion and so on.",
        ("drug", "parameter", "value", "detail", "source"),
        argument=DRUGS,
    ),
    "list": Command(
        "facts", "List the drugs of all databases in use.", ("drug", "class", "atc", "status", "other names"),
        options=lambda: (
            Option("--class", "Only drugs of this class or group: ARB, NSAIDs, beta blockers.", takes="word", metavar="TEXT",
                completes="classes"),
            Option("--atc", "Only drugs with an ATC code that begins so.", takes="word", metavar="PREFIX"),
            Option(
                "--status", f"Only drugs with this status somewhere: {', '.join(STATUSES)}.", takes="word", metavar="STATUS",
                choices=STATUSES,
            ),
            Option("--use", "Only drugs used for this.", takes="word", metavar="TEXT", completes="uses"),
        ),
    ),
    "sources": Command(
        "facts", "Show where each fact comes from.",
        ("drug", "source", "kind", "title", "locator", "licence", "retrieved"),
        argument=DRUGS,
    ),
    "search": Command(
        "search", "Search all parts of all drugs; the best matches come first.", ("drug", "part", "passage"),
        argument=Argument(
            "TEXT...", 'Words, "phrases", prefixes*, AND, OR, NOT, parentheses.', needed="name what to look for"
        ),
        options=lambda: (
            Option(
                "--limit", "Most passages shown; 0 for all.", takes="number", metavar="N", default=SEARCH_LIMIT, least=0
            ),
        ),
    ),
    "classes": Command(
        "classes", "Show the tree of classes with the number of drugs in each, and the drugs that stand right in it.",
        ("class", "drugs", "within", "names"),
        options=lambda: (Option("--drugs", "Name the drugs on pages too; lines for programs always do."),),
    ),
    "compare": Command(
        "compare",
        "Compare drugs side by side: class, status, targets, uses, side effects, contraindications and cautions.",
        ("part", "group", "item", "drug", "value"),
        argument=DRUGS,
        options=lambda: (
            Option("--differences", "Leave out what all have alike."),
            Option("--class", "Also the recorded drugs of this class or group: statins, ACE inhibitors.", takes="word",
                metavar="TEXT", completes="classes"),
        ),
    ),
    "screen": Command(
        "screen",
        "Show every recorded contraindication and caution that applies to medicines taken together, and what was not checked.",
        ("finding", "drug", "with", "detail", "source", "via"),
        argument=Argument(
            DRUGS.metavar, "The medicines; without one, names come from standard input.", completes="drugs", fallback="-"
        ),
        options=lambda: (
            Option(
                "--drug", "A medicine, or several with commas between; repeatable.", takes="words", metavar="DRUG",
                completes="drugs",
            ),
            Option(
                "--condition", "A condition, an allergy or an eGFR of the patient; repeatable.", takes="words", metavar="TEXT",
                completes="conditions",
            ),
            Option("--effects", "Also the common side effects that several of them share."),
            Option(
                "--fail-on", "Exit with code 6 if there is one: contraindication, caution (or either).", takes="word",
                metavar="LEVEL", choices=("contraindication", "caution"),
            ),
        ),
    ),
    "databases": Command(
        "databases", "Show the databases in use, those that precede first.",
        ("name", "drugs", "version", "built", "size", "path"),
        options=lambda: (
            Option("--remove", "Remove this one of the data folder, its name typed again.", takes="word", metavar="NAME"),
            Option("--verify", "Read each from end to end: checksum, tables, contents."),
            Option("--gaps", "What each drug's record lacks, and what in it is weak, read in copies, or old."),
        ),
        opens=False,
    ),
    "check": Command(
        "check", "Check databases: every problem with file, line, path, what was expected and what is there.",
        ("file", "line", "path", "expected", "got", "advice"),
        argument=Argument("FILE...", "Database files; without one, those in use."),
        options=lambda: (
            Option("--fix", "Write the files in canonical form."),
            Option("--schema", "Print the JSON Schema of database files."),
            Option("--one-sided", "Pairs of recorded drugs of which only one record knows the other."),
            Option("--expect", "What records lack of what is expected of their classes; exit code 5 if there is any."),
        ),
        opens=False,
    ),
    "export": Command(
        "export", "Write a whole database, or some drugs of it, as facts for other programs.",
        argument=DRUGS,
        options=lambda: (
            Option("--format", f"{', '.join(EXPORTS)}.", takes="word", metavar="FORMAT", choices=EXPORTS, short="-f"),
            Option(
                "--to", "Write to this file, whole or not at all; html, a site, to this folder.", takes="word", metavar="PLACE"
            ),
            Option(
                "--db", "Export this database alone, in place of those in use; repeatable.", takes="words", metavar="PATH"
            ),
        ),
    ),
    "import": Command(
        "import_files", "Import labels from openFDA or DailyMed, or SIDER, into a database that every command then uses.",
        argument=Argument(
            "[SOURCE] PATH...", "openfda, dailymed or sider, if need be; then files or folders.", needed="name a file or folder"
        ),
        options=lambda: (
            Option("--to", "Name of the database; without it the source's own.", takes="word", metavar="NAME"),
            Option("--only", "Only this drug; repeatable.", takes="words", metavar="NAME"),
            Option("--include", f"Kinds left out else: {', '.join(KINDS)}.", takes="words", metavar="KIND,..."),
            Option("--download", "Fetch the publisher's release first, or what of it is new: openfda, dailymed."),
            Option("--from", "Address of the list of its files, of a mirror.", takes="word", metavar="URL"),
            Option("--report", "Write what was met as JSON.", takes="word", metavar="FILE"),
            Option(
                "--format", "sqlite, a database; or toml, printed.", takes="word", metavar="FORMAT",
                choices=("sqlite", "toml"), short="-f", default="sqlite",
            ),
        ),
    ),
}  # fmt: skip
"""Every command, in the order of help."""

ALIASES = {
    "indications": "uses", "indication": "uses", "use": "uses", "used-for": "uses",
    "moa": "mechanism", "mechanism-of-action": "mechanism", "pharmacodynamics": "mechanism", "pd": "mechanism",
    "adr": "side-effects", "adrs": "side-effects", "adverse-effects": "side-effects", "adverse-reactions": "side-effects",
    "undesirable-effects": "side-effects", "side-effect": "side-effects", "effects": "side-effects",
    "pk": "pharmacokinetics", "kinetics": "pharmacokinetics", "half-life": "pharmacokinetics",
    "contraindication": "contraindications", "ci": "contraindications", "cautions": "contraindications",
    "warnings": "contraindications", "precautions": "contraindications",
    "source": "sources", "ls": "list", "find": "search", "vs": "compare", "dbs": "databases",
}  # fmt: skip
"""Other words for commands, which help tells in one line."""

COLUMNS: "dict[str, tuple[str, ...]]" = {name: command.columns for name, command in COMMANDS.items() if command.shows}
"""Columns of tab-separated and CSV output by command."""


class Request:
    """What is asked for and how it is to be shown; options that were not given have their defaults."""

    __slots__ = ("command", "drugs", "names", "values")

    def __init__(self, command: str, names: "list[str] | tuple[str, ...]" = (), values: "dict[str, Any] | None" = None) -> None:
        self.command = command
        """Name of the command."""
        self.names = list(names)
        """Words beside the options: names of drugs, where ``-`` stands for standard input; files; words to search."""
        self.drugs: list[str] | None = None
        """Names of drugs, those of standard input among them; None if none were asked for. ``names.read`` fills it in."""
        self.values = {option.name: option.default for option in COMMANDS[command].options} | (values or {})
        """Values of the options by name."""

    def __getitem__(self, option: str) -> "Any":
        return self.values[option]

    @property
    def databases(self) -> "tuple[str, ...]":
        """Paths of the databases named on the command line."""
        return tuple(map(places.named, self.values.get("db") or ()))


def read(words: "list[str]") -> "Request | None":
    """Return the request that a command line makes; None if a word is not known here or is wrong, which Typer then tells.

    A test holds that both make the same request of the same words.
    """
    name = ALIASES.get(words[0], words[0]) if words else ""
    command = COMMANDS.get(name)
    if command is None:
        return None
    request = Request(name)
    flags = {flag: option for option in command.options for flags in option.flags for flag in flags.split("/")}
    rest = iter(words[1:])
    for word in rest:
        if word == "-" or not word.startswith("-"):
            request.names.append(word)
        elif (option := flags.get(word)) is None or not _take(request, option, word, rest):
            return None
    if command.argument is None:
        return None if request.names else request
    return None if command.argument.needed and not request.names else request


def _take(request: Request, option: Option, flag: str, rest: "Any") -> bool:
    """Enter the value of an option; return False if it has none or one that is wrong."""
    if not option.takes:
        request.values[option.name] = "/" not in option.flags[0] or flag == option.flags[0].split("/")[0]
        return True
    value: Any = next(rest, None)
    if value is None or value.startswith("-") or (option.choices and value not in option.choices):
        return False
    if option.takes == "number":
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            return False
        value = int(value)
    elif option.takes == "words":
        value = [*(request.values[option.name] or ()), value]
    request.values[option.name] = value
    return True
