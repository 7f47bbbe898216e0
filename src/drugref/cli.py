"""The Typer app: parses the command line, fills a request, calls ``run``. Nothing else imports Typer."""

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from drugref import __version__, bands, complete, query
from drugref.columns import SEARCH_LIMIT
from drugref.errors import StoppedError
from drugref.export import FORMATS as EXPORT_FORMATS
from drugref.run import Request, run
from drugref.terminal import FORMATS

app = typer.Typer(
    name="drugref",
    help="Mechanism, uses, side effects by frequency, and contraindications of drugs; offline, every fact with its source.",
    epilog="Exit codes: 0 found, 1 failed, 2 usage, 3 unknown drug, 4 nothing recorded, 5 invalid database.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def start(arguments: list[str]) -> int:
    """Run the app and return its exit code. Raises what Typer raises for wrong usage.

    Typer builds every command before it runs one. With the one that is asked for alone, it starts in a tenth less time.
    """
    asked = [command for command in app.registered_commands if arguments and command.name == arguments[0]]
    everything = app.registered_commands
    app.registered_commands = asked or everything
    try:
        return int(app(arguments or ["--help"], prog_name="drugref", standalone_mode=False) or 0)
    finally:
        app.registered_commands = everything


COLORS = ("auto", "always", "never")
STATUSES = (
    "approved", "restricted", "suspended", "withdrawn", "discontinued", "investigational", "not-approved", "in-use",
)  # fmt: skip


def _choice(values: tuple[str, ...], *names: str, help: str, metavar: str) -> Any:
    """Return an option that takes one of some values and completes them."""

    def check(given: Any) -> Any:
        for value in given if isinstance(given, list) else [given]:
            if value is not None and value not in values:
                raise typer.BadParameter(f"{value!r} is not one of {', '.join(values)}")
        return given

    def offer(incomplete: str) -> list[str]:
        return [value for value in values if value.startswith(incomplete)]

    return typer.Option(*names, help=help, metavar=metavar, callback=check, autocompletion=offer)


Drugs = Annotated[
    list[str] | None,
    typer.Argument(
        help="INN, brand, synonym, salt or code; - reads names, one a line.", autocompletion=complete.drugs, metavar="DRUG..."
    ),
]
Format = Annotated[
    str | None,
    _choice(FORMATS, "--format", "-f", help=f"{', '.join(FORMATS)}; table on a terminal, tsv elsewhere.", metavar="FORMAT"),
]
Json = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
Header = Annotated[
    bool | None, typer.Option("--header/--no-header", help="Column names on the first line (csv has them, tsv not).")
]
Databases = Annotated[
    list[str] | None, typer.Option("--db", help="A database of your own, before all others; repeatable.", metavar="PATH")
]
Color = Annotated[str, _choice(COLORS, "--color", help=", ".join(COLORS) + ".", metavar="WHEN")]
NoPager = Annotated[bool, typer.Option("--no-pager", help="Never page.")]


def _shown(
    request: Request,
    format: Format = None,
    json: Json = False,
    header: Header = None,
    db: Databases = None,
    color: Color = "auto",
    no_pager: NoPager = False,
) -> None:
    """Fill a request from the options common to all commands that show something; see ``command``."""
    request.format = "json" if json else format
    request.header = header
    request.databases = tuple(db or ())
    request.color = color
    request.pager = not no_pager


def command(name: str, fill: Callable[..., None] = _shown) -> Callable[[Callable[..., int]], Callable[..., None]]:
    """Register a command; it takes a request, which ``fill`` fills from options of its own, before its own parameters."""

    def register(function: Callable[..., int]) -> Callable[..., None]:
        own, common = (list(inspect.signature(part).parameters.values())[1:] for part in (function, fill))

        @functools.wraps(function)
        def call(**values: Any) -> None:
            request = Request(name)
            fill(request, **{parameter.name: values.pop(parameter.name) for parameter in common})
            try:
                code = function(request, **values)
            except KeyboardInterrupt:  # Typer would make its own message and exit code of it
                raise StoppedError("") from None
            raise typer.Exit(code)

        call.__signature__ = inspect.Signature([*own, *common])  # type: ignore[attr-defined]
        call.__annotations__ = {parameter.name: parameter.annotation for parameter in (*own, *common)}
        app.command(name)(call)
        return call

    return register


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"drugref {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)] = False,
) -> None:
    """Mechanism, uses, side effects by frequency, and contraindications of drugs; offline, every fact with its source."""


@command("show")
def show(request: Request, drugs: Drugs = None) -> int:
    """Show the whole record of one drug or several."""
    if not drugs:
        raise typer.BadParameter("name a drug, or - to read names from standard input", param_hint="DRUG...")
    return _run(request, drugs)


@command("mechanism")
def mechanism(request: Request, drugs: Drugs = None) -> int:
    """Show the mechanism of action and the molecular targets."""
    return _run(request, drugs)


@command("uses")
def uses(
    request: Request,
    drugs: Drugs = None,
    for_: Annotated[str | None, typer.Option("--for", help="Reverse: which drugs are used for this.", metavar="TEXT")] = None,
) -> int:
    """Show what drugs are used for: approved, off-label, claimed, investigated."""
    return _run(request, drugs) if for_ is None else _reverse(request, drugs, for_)


@command("side-effects")
def side_effects(
    request: Request,
    drugs: Drugs = None,
    common: Annotated[bool, typer.Option("--common", help="Very common and common (1/100 and more).")] = False,
    uncommon: Annotated[bool, typer.Option("--uncommon", help="Uncommon (1/1,000 to below 1/100).")] = False,
    rare: Annotated[bool, typer.Option("--rare", help="Rare and very rare (below 1/1,000).")] = False,
    frequency: Annotated[
        list[str] | None,
        _choice(bands.BANDS, "--frequency", help=f"One exact band, repeatable: {', '.join(bands.BANDS)}.", metavar="BAND"),
    ] = None,
    at_least: Annotated[
        str | None, _choice(bands.BANDS, "--at-least", help="That band and every more frequent one.", metavar="BAND")
    ] = None,
    serious: Annotated[bool, typer.Option("--serious", help="Only effects marked serious.")] = False,
    effect: Annotated[str | None, typer.Option("--effect", help="Reverse: which drugs do this.", metavar="TEXT")] = None,
) -> int:
    """Show side effects by frequency band; the flags for bands add up."""
    wanted = set(frequency or ())
    if common:
        wanted |= {"very-common", "common"}
    if uncommon:
        wanted.add("uncommon")
    if rare:
        wanted |= {"rare", "very-rare"}
    if at_least:
        wanted.update(bands.at_least(at_least))
    request.wanted = query.Filter((bands.BANDS.index(band) for band in wanted), serious)
    return _run(request, drugs) if effect is None else _reverse(request, drugs, effect)


@command("contraindications")
def contraindications(
    request: Request,
    drugs: Drugs = None,
    with_: Annotated[
        str | None,
        typer.Option("--with", help="Reverse: which drugs must not, or only with care, be given with this.", metavar="TEXT"),
    ] = None,
    absolute: Annotated[bool, typer.Option("--absolute", help="Contraindications alone, no cautions.")] = False,
) -> int:
    """Show what forbids a drug and, apart from it, what asks for care."""
    if with_ is not None:
        return _reverse(request, drugs, with_, absolute=absolute)
    request.wanted = query.Filter(absolute=absolute)
    return _run(request, drugs)


@command("list")
def list_(
    request: Request,
    class_: Annotated[str | None, typer.Option("--class", help="Only drugs whose class has this text.", metavar="TEXT")] = None,
    atc: Annotated[
        str | None, typer.Option("--atc", help="Only drugs with an ATC code that begins so.", metavar="PREFIX")
    ] = None,
    status: Annotated[
        str | None,
        _choice(STATUSES, "--status", help=f"Only drugs with this status somewhere: {', '.join(STATUSES)}.", metavar="STATUS"),
    ] = None,
    use: Annotated[str | None, typer.Option("--use", help="Only drugs used for this.", metavar="TEXT")] = None,
) -> int:
    """List the drugs of all databases in use."""
    request.keep = query.list_filter(class_, atc, status)
    if use is None:
        return _run(request, None)
    from drugref.commands import find

    return find.list_used_for(request, use)


@command("classes")
def classes(request: Request) -> int:
    """Show the tree of classes with the number of drugs in each."""
    from drugref.commands import find

    return find.classes(request)


@command("search")
def search(
    request: Request,
    text: Annotated[
        list[str], typer.Argument(help='Words, "phrases", prefixes*, AND, OR, NOT, parentheses.', metavar="TEXT...")
    ],
    limit: Annotated[int, typer.Option("--limit", help="Most passages shown; 0 for all.", min=0, metavar="N")] = SEARCH_LIMIT,
) -> int:
    """Search all parts of all drugs; the best matches come first."""
    from drugref.commands import find

    return find.full_text(request, " ".join(text), limit)


@command("compare")
def compare(
    request: Request,
    drugs: Drugs = None,
    differences: Annotated[bool, typer.Option("--differences", help="Leave out what all have alike.")] = False,
) -> int:
    """Compare drugs side by side: class, status, targets, uses, side effects, contraindications and cautions."""
    from drugref.commands import together

    request.names = list(drugs or ())
    return together.side_by_side(request, differences=differences)


@command("screen")
def screen(
    request: Request,
    drug: Annotated[
        list[str] | None,
        typer.Option(
            "--drug",
            help="A medicine; repeatable. Without one, names come from standard input.",
            autocompletion=complete.drugs,
            metavar="DRUG",
        ),
    ] = None,
    condition: Annotated[
        list[str] | None, typer.Option("--condition", help="A condition of the patient; repeatable.", metavar="TEXT")
    ] = None,
) -> int:
    """Show every recorded contraindication and caution that applies to medicines taken together, and what was not checked."""
    from drugref.commands import together

    request.names = list(drug or ["-"])
    return together.screening(request, list(condition or ()))


@command("sources")
def sources(request: Request, drugs: Drugs = None) -> int:
    """Show where each fact comes from."""
    return _run(request, drugs)


def _exported(
    request: Request,
    db: Annotated[
        list[str] | None,
        typer.Option("--db", help="Export this database alone, in place of those in use; repeatable.", metavar="PATH"),
    ] = None,
) -> None:
    """Fill the request of ``export``, which shows nothing and so has none of the options for that."""
    request.databases = tuple(db or ())


@command("export", _exported)
def export(
    request: Request,
    format: Annotated[str, _choice(EXPORT_FORMATS, "--format", "-f", help=f"{', '.join(EXPORT_FORMATS)}.", metavar="FORMAT")],
    drugs: Drugs = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Write to this file, at once when it is whole.", metavar="FILE")
    ] = None,
) -> int:
    """Write a whole database, or some drugs of it, as facts for other programs."""
    from drugref.commands import export as exporting

    request.names = list(drugs or ())
    return exporting.export(request, format, to)


def _imported(
    request: Request,
    format: Annotated[
        str, _choice(("sqlite", "toml"), "--format", "-f", help="sqlite, a database; or toml, printed.", metavar="FORMAT")
    ] = "sqlite",
) -> None:
    """Fill the request of ``import``, which makes a database, or TOML in the schema of curated ones."""
    request.format = format


@command("import", _imported)
def import_(
    request: Request,
    targets: Annotated[
        list[str],
        typer.Argument(help="openfda, dailymed or sider, if need be; then files or folders.", metavar="[SOURCE] PATH..."),
    ],
    to: Annotated[
        str | None, typer.Option("--to", help="Name of the database; without it the source's own.", metavar="NAME")
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="Only this drug; repeatable.", metavar="NAME")] = None,
    include: Annotated[
        list[str] | None,
        typer.Option("--include", help="Kinds left out else: homeopathic, cosmetic, sunscreen, other.", metavar="KIND,..."),
    ] = None,
    report: Annotated[str | None, typer.Option("--report", help="Write what was met as JSON.", metavar="FILE")] = None,
) -> int:
    """Import labels from openFDA or DailyMed, or SIDER, into a database that every command then uses."""
    from drugref.commands.intake import Wanted, import_files

    kinds = tuple(kind for entry in include or () for kind in entry.split(",") if kind)
    return import_files(Wanted(tuple(targets), to, tuple(only or ()), kinds, report, as_toml=request.format == "toml"))


@command("databases")
def databases(
    request: Request,
    verify: Annotated[bool, typer.Option("--verify", help="Read each from end to end: checksum, tables, contents.")] = False,
) -> int:
    """Show the databases in use, those that precede first."""
    from drugref.commands.curate import list_databases

    return list_databases(request, verify=verify)


@command("check")
def check(
    request: Request,
    files: Annotated[
        list[str] | None, typer.Argument(help="Database files; without one, those in use.", metavar="FILE...")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Write the files in canonical form.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of database files.")] = False,
) -> int:
    """Check databases: every problem with file, line, path, what was expected and what is there."""
    from drugref.commands import curate

    if schema:
        return curate.print_schema()
    return curate.check_files(request, tuple(files or ()), fix=fix)


def _reverse(request: Request, drugs: list[str] | None, text: str, *, absolute: bool = False) -> int:
    from drugref.commands import find

    request.names = list(drugs or ())
    return find.reverse(request, text, absolute=absolute)


def _run(request: Request, drugs: list[str] | None) -> int:
    request.names = list(drugs or ())
    return run(request)
