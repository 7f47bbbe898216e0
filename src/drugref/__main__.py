"""The console entry: the lean path for plain look-ups, the Typer app for everything else, errors as one line."""

import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]  # python -m puts the current folder there; nothing is ever imported from it

import gc
import os

from drugref import output, spec
from drugref.errors import DrugrefError, UsageError


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
        if str(error):
            output.warn(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("DRUGREF_DEBUG"):
            raise
        words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        output.warn(f"{type(error).__name__}: {words} (DRUGREF_DEBUG=1 shows where)")
        return 1


def _dispatch(arguments: list[str]) -> int:
    if "_DRUGREF_COMPLETE" in os.environ:
        from drugref import complete

        answer = complete.answer()
        if answer:
            output.write([answer[0]])
            return answer[1]
        return _typer(arguments)
    request = spec.read(arguments)
    if request is None and arguments and arguments[0] not in spec.COMMANDS and arguments[0] not in spec.ALIASES:
        from drugref.shortcut import spelled_out  # no command: help, a drug's name, or a slip

        arguments = spelled_out(arguments)
        request = spec.read(arguments)
    if request is not None:
        from drugref.run import run

        return run(request)
    return _typer(arguments)


def _typer(arguments: list[str]) -> int:
    import typer

    from drugref.cli import start

    try:
        return start(arguments)
    except typer.Abort:
        return 130
    except SystemExit as end:  # installing completion ends inside Typer
        if "--install-completion" in arguments:
            from drugref.complete import mend_zsh

            mend_zsh()
        return int(end.code or 0)
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


if __name__ == "__main__":
    main()
