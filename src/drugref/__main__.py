"""The console entry: the lean path for plain look-ups, the Typer app for everything else, errors as one line."""

import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]  # python -m puts the current folder there; nothing is ever imported from it

import gc
import os

from drugref import output, spec, terminal
from drugref.errors import DrugrefError, UsageError

NOTHING_FOUND = 4
_LONGEST = 600
"""Characters of a message about wrong usage."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    gc.disable()  # a look-up leaves no garbage worth a collection
    code = entry(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            code = code or 1
    if sys.gettrace() or "coverage" in sys.modules:
        sys.exit(code)
    os._exit(code)  # taking the interpreter down object by object costs as much as starting it


def entry(arguments: list[str]) -> int:
    """Run the command line and return its exit code; whatever goes wrong becomes one line on standard error."""
    try:
        return _dispatch(arguments)
    except DrugrefError as error:
        if words := str(error):
            output.warn(_cut(words) if isinstance(error, UsageError) else words)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("DRUGREF_DEBUG"):
            raise
        words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        output.warn(f"{type(error).__name__}: {words} (DRUGREF_DEBUG=1 shows where)")
        return 1


def _cut(words: str) -> str:
    """Leave the middle out of a message that repeats an argument of any length; what is wrong stands around it."""
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST // 2]} … {words[-_LONGEST // 2 :]}"


def _dispatch(arguments: list[str]) -> int:
    if "_DRUGREF_COMPLETE" in os.environ:
        from drugref import complete

        answer = complete.answer()
        if answer:
            output.write([answer[0]])
            return answer[1]
        try:
            return _typer(arguments)
        except Exception:
            return 1  # the shell asked for something odd; TAB is no place for a complaint
    if not arguments and terminal.is_terminal():
        from drugref.first import WELCOME

        output.write([WELCOME])
        return 0
    if _asks_for_doses(arguments):
        from drugref.first import DOSES

        output.warn(DOSES)
        return NOTHING_FOUND
    request = spec.read(arguments)
    if request is None and arguments and arguments[0] not in spec.COMMANDS and arguments[0] not in spec.ALIASES:
        from drugref.shortcut import spelled_out  # no command: help, a drug's name, or a slip

        arguments = spelled_out(arguments)
        request = spec.read(arguments)
    if request is not None:
        from drugref.run import run

        return run(request)
    return _typer(arguments)


def _asks_for_doses(arguments: list[str]) -> bool:
    """Tell whether a command line asks for doses: as the command, or as a word beside drugs' names."""
    if not any("dos" in word or "DOS" in word or "Dos" in word or "posology" in word for word in arguments):
        return False
    from drugref.first import DOSE_WORDS

    command, *rest = arguments
    if command.casefold() in DOSE_WORDS:
        return True
    known = spec.COMMANDS.get(command)
    if known and (known.argument is None or known.argument.completes != "drugs"):
        return False
    flags = {flag for option in known.options if option.takes for flag in option.flags} if known else set()
    beside = (word for before, word in zip(arguments, rest, strict=False) if before not in flags)
    return any(word.casefold() in DOSE_WORDS for word in beside)


def _typer(arguments: list[str]) -> int:
    """Let Typer read a command line; what it prints goes out as everything else does, so that nothing is lost unsaid."""
    import io
    from contextlib import redirect_stdout

    import typer

    from drugref.cli import start
    from drugref.run import run

    printed = io.StringIO()
    asked: spec.Request | int
    try:
        with redirect_stdout(printed):
            asked = start(arguments)
    except typer.Abort:
        return 130
    except SystemExit as end:  # installing completion ends inside Typer
        if "--install-completion" in arguments:
            from drugref.complete import mend_zsh

            mend_zsh()
        asked = int(end.code or 0)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        # Typer's own usage errors, whose base class belongs to the Click inside it.
        command = getattr(getattr(error, "ctx", None), "command_path", None) or "drugref"
        from drugref.shortcut import probably

        meant = probably(arguments)
        # Typer guesses as well, at a word; the line that was probably meant says more.
        words = error.format_message().split(" Did you mean")[0].split(" (Possible options")[0]
        raise UsageError(f"{words}; did you mean: {meant}" if meant else f"{words} (see {command} --help)") from None
    if isinstance(asked, spec.Request):
        return run(asked)
    output.write([printed.getvalue()])
    return asked


if __name__ == "__main__":
    main()
