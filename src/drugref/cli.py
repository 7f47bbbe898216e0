"""The Typer app, made of what ``spec`` says: help, completion, and whatever the lean reader cannot make sense of."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer
import typer.core

from drugref import __version__, complete, spec
from drugref.examples import EXAMPLES

HELP = "Mechanism, uses, side effects by frequency, and contraindications of drugs; offline, every fact with its source."

_OTHER_WORDS = ", ".join(f"{word} ({command})" for word, command in spec.ALIASES.items() if len(word) > 2)


class _Group(typer.core.TyperGroup):
    """The commands, each described by its whole sentence; Typer would cut it at the line's end."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help or "") for name, command in self.commands.items()])


app = typer.Typer(
    name="drugref",
    cls=_Group,
    help=HELP,
    epilog="\b\nExamples:\n  drugref show baclofen\n  drugref side-effects baclofen --common\n\n"
    f"Other words for commands: {_OTHER_WORDS}. drugref NAME is drugref show NAME. "
    "Exit codes: 0 found, 1 failed, 2 usage, 3 unknown drug, 4 nothing recorded, 5 invalid database.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def start(arguments: list[str]) -> spec.Request | int:
    """Return the request that a command line makes, or the exit code once Typer has printed what was asked for, such as help.

    Raises what Typer raises for wrong usage.

    Typer builds every command before it runs one. With the one that is asked for alone, it starts in a tenth less time.
    """
    if arguments and arguments[0] in spec.ALIASES:
        arguments = [spec.ALIASES[arguments[0]], *arguments[1:]]
    named = [command for command in app.registered_commands if arguments and command.name == arguments[0]]
    everything = app.registered_commands
    app.registered_commands = named or everything
    try:
        asked: spec.Request | int = app(arguments or ["--help"], prog_name="drugref", standalone_mode=False) or 0
        return asked
    finally:
        app.registered_commands = everything


def _option(option: spec.Option) -> inspect.Parameter:
    """Return the parameter that Typer makes an option of."""

    def check(given: Any) -> Any:
        for value in given if isinstance(given, list) else [given]:
            if value is not None and option.choices and value not in option.choices:
                raise typer.BadParameter(f"{value!r} is not one of {', '.join(option.choices)}")
        return given

    def offer(incomplete: str) -> list[str]:
        return [value for value in option.choices if value.startswith(incomplete)]

    about: dict[str, Any] = {"help": option.help}
    if option.takes:
        about |= {"metavar": option.metavar, "callback": check, "min": option.least}
        about["autocompletion"] = _COMPLETERS.get(option.completes, offer)
    types: dict[str, Any] = {"": bool, "word": str, "words": list[str], "number": int}
    kind: Any = types[option.takes] if option.default is not None else types[option.takes] | None
    return _parameter(option.name, option.default, Annotated[kind, typer.Option(*option.flags, **about)])


def _argument(argument: spec.Argument) -> inspect.Parameter:
    about = typer.Argument(
        help=argument.help, metavar=argument.metavar, autocompletion=_COMPLETERS.get(argument.completes), show_default=False
    )
    return _parameter(_WORDS, None, Annotated[list[str] | None, about])


def _parameter(name: str, default: Any, annotation: Any) -> inspect.Parameter:
    """Return a parameter; an underscore keeps its name apart from Python's own words, such as ``for``."""
    return inspect.Parameter(f"{name}_", inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


_COMPLETERS: dict[str, Callable[[str], list[str]]] = complete.COMPLETERS
_WORDS = "words"
"""Parameter of what stands beside the options."""


def _register(name: str, command: spec.Command) -> None:
    def call(**values: Any) -> spec.Request:
        given = {name.removesuffix("_"): value for name, value in values.items()}
        words = given.pop(_WORDS, None) or []
        if command.argument and command.argument.needed and not words:
            raise typer.BadParameter(command.argument.needed, param_hint=command.argument.metavar)
        return spec.Request(name, words, given)

    parameters = [_argument(command.argument)] if command.argument else []
    parameters += map(_option, command.options)
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    examples = "".join(f"\n  {example}" for example in EXAMPLES.get(name, ()))
    app.command(name, help=command.help, epilog=f"\b\nExamples:{examples}")(call)


for _name, _command in spec.COMMANDS.items():
    _register(_name, _command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"drugref {__version__}")
        raise typer.Exit


@app.callback(help=HELP)
def main(
    version: Annotated[bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)] = False,
) -> None:
    """Take what stands before a command."""
