"""What is expected of each class of drugs: the form of the file ``expectations.toml``, for curators."""

from dataclasses import dataclass, field
from typing import Any

from drugref.curated.validate import Problem, checker_of, dangling, load_as, unused
from drugref.model import Id, Source, Sources

OR = " or "
"""Stands between alternatives of which one is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """Something that is expected of a class and that a record of it rightly lacks."""

    drug: str
    """The drug's INN."""
    expected: str
    """What is expected, as the class says it."""
    reason: str
    """Why the record lacks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the labels of a class say of all its drugs."""

    of: str
    """The class: words of a recorded class, or a group of medicines of the index."""
    effects: tuple[str, ...] = ()
    """Side effects; a caution or contraindication that says the same is as good."""
    risks: tuple[str, ...] = ()
    """Patients and conditions of whom a contraindication or caution speaks."""
    medicines: tuple[str, ...] = ()
    """Medicines and groups with which it is contraindicated, or given with care."""
    declined: tuple[Declined, ...] = ()
    """What single drugs of the class rightly lack."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectations:
    """The file of expectations."""

    schema: int
    """Version of the file's shape: 1."""
    sources: dict[Id, Source]
    """Sources by the identifier that entries name."""
    classes: dict[Id, Expected] = field(default_factory=dict)
    """Classes by an identifier."""


def load(text: str) -> tuple[Expectations | None, list[Problem]]:
    """Parse and check the text of a file of expectations; return the records and all problems."""
    return load_as(text, check)


def check(data: dict[str, Any]) -> tuple[Expectations | None, list[Problem]]:
    """Check a parsed file of expectations; return the records and all problems, as ``check_document`` does."""
    problems: list[Problem] = []
    held = checker_of(Expectations)(data, (), problems)
    if held is None or problems:
        return None, problems
    used: set[str] = set()
    for key, expected in held.classes.items():
        path = ("classes", key)
        used.update(expected.sources)
        problems += dangling(path, expected.sources, held.sources)
        told = {*expected.effects, *expected.risks, *expected.medicines}
        for index, declined in enumerate(expected.declined):
            if declined.expected not in told:
                place = (*path, "declined", index, "expected")
                problems.append(Problem(place, "what the class expects", f'"{declined.expected}"', "correct it"))
    return held, [*problems, *unused(held.sources, used)]
