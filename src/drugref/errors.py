"""Everything drugref raises on purpose: a message for one line of standard error, and an exit code."""


class DrugrefError(Exception):
    """Something that could not be done; ``exit_code`` is what the command line ends with."""

    exit_code = 1


class UsageError(DrugrefError):
    """The request itself is wrong."""

    exit_code = 2


class UnknownDrugError(DrugrefError, KeyError):
    """No database in use has a record of the name; ``near`` holds names that look alike, best first.

    ``medicine`` is the INN of a medicine that is known and has no record; None of a name that nobody knows.
    """

    exit_code = 3

    def __init__(self, name: str, near: tuple[str, ...] = (), medicine: str | None = None) -> None:
        known = f"{name} is {medicine}, which has no record" if medicine != name else f"{name} has no record"
        super().__init__(known if medicine else f"unknown drug: {name}")
        self.name = name
        self.near = near
        self.medicine = medicine

    __str__ = Exception.__str__  # KeyError would put the message in quotation marks


class StoppedError(DrugrefError):
    """The user pressed Ctrl-C; nothing is to be said about it."""

    exit_code = 130


class AmbiguousNameError(DrugrefError, LookupError):
    """A name that several drugs of one database bear; ``candidates`` holds their INNs."""

    exit_code = 3

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        super().__init__(f"{name} may mean {', '.join(candidates)}")
        self.name = name
        self.candidates = candidates


class InvalidDatabaseError(DrugrefError):
    """A database that breaks its schema; ``problems`` counts how often."""

    exit_code = 5

    def __init__(self, message: str, problems: int = 1) -> None:
        super().__init__(message)
        self.problems = problems
