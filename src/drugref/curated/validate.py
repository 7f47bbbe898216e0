"""From a TOML document to records, or to every problem that it has, each with its path.

``check_document`` walks the model's types, so that the schema stands in one place; the rules that span several facts
(names shared, sources dangling) follow it. Lines are added by ``load``, which has the text.
"""

import re
import types
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from drugref import model
from drugref.bands import BANDS
from drugref.facts import every
from drugref.model import Confusable, Document, Drug, Form, Incidence, Quantity, SideEffect, Source, Vocabulary, key_of
from drugref.text import is_unsafe, name_key, phrase_key, slug

R = TypeVar("R")
Path = tuple[Any, ...]
"""Place in a document: nested pairs of (parent path, key or index), the root being ()."""
_Checker = Callable[[Any, Path, "list[Problem]"], Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a database file."""

    path: tuple[str | int, ...]
    """Keys and indexes that lead to it; empty for the file as a whole."""
    expected: str
    """What ought to stand there."""
    got: str
    """What stands there."""
    advice: str
    """What to do about it."""
    line: int = 0
    """Line in the file, from 1; 0 where none is known."""

    @property
    def place(self) -> str:
        """The path as text: ``drugs.baclofen.side_effects[2].band``."""
        return format_path(self.path)


def format_path(path: tuple[str | int, ...]) -> str:
    """Write keys and indexes as one path, quoting keys that TOML would."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += ("." if text else "") + (part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else quoted(part))
    return text


def quoted(value: object, limit: int = 60) -> str:
    """Show a value in a message: short, in quotes if it is text, without unsafe characters."""
    if isinstance(value, str):
        cut = value if len(value) <= limit else value[: limit - 1] + "…"
        return '"' + "".join(f"\\u{ord(char):04x}" if is_unsafe(char) else char for char in cut) + '"'
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "an array" if value else "an empty array"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _flat(path: Path) -> tuple[str | int, ...]:
    keys: list[str | int] = []
    while path:
        path, key = path
        keys.append(key)
    return tuple(reversed(keys))


def _note(problems: list[Problem], path: Path, expected: str, got: str, advice: str) -> None:
    problems.append(Problem(_flat(path), expected, got, advice))


def _check_text(value: Any, path: Path, problems: list[Problem]) -> Any:
    if isinstance(value, str) and value.isascii() and value.isprintable() and value.strip() == value != "":
        return value  # nearly every value, settled without further ado
    if not isinstance(value, str):
        _note(problems, path, "text", quoted(value), "put the value in quotation marks")
    elif not value.strip():
        _note(problems, path, "text that is not empty", quoted(value), "fill it in, or leave the key out")
    elif any(map(is_unsafe, value)):
        found = next(char for char in value if is_unsafe(char))
        name = unicodedata.name(found, "a control character")
        _note(problems, path, "text without control characters", f"U+{ord(found):04X} ({name})", "take the character out")
    elif unicodedata.normalize("NFC", value) != value:
        _note(problems, path, "text in Unicode form NFC", quoted(value), "run drugref check --fix")
    elif value.strip() != value:
        _note(problems, path, "text without spaces around it", quoted(value), "run drugref check --fix")
    else:
        return value
    return ""


def _check_date(value: Any, path: Path, problems: list[Problem]) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    _note(problems, path, "a date such as 2026-11-22", quoted(value), "write the date without quotation marks or time")
    return date.min


def _check_bool(value: Any, path: Path, problems: list[Problem]) -> Any:
    if isinstance(value, bool):
        return value
    _note(problems, path, "true or false", quoted(value), "write true, or leave the key out")
    return False


def _check_int(value: Any, path: Path, problems: list[Problem]) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    _note(problems, path, "a whole number", quoted(value), "write the number without quotation marks")
    return 0


def _figure_checker(kind: type[Incidence] | type[Quantity]) -> _Checker:
    def check(value: Any, path: Path, problems: list[Problem]) -> Any:
        checked = _check_text(value, path, problems)
        if checked:
            try:
                return kind.parse(checked)
            except ValueError as expected:
                _note(problems, path, str(expected), quoted(value), "write the figure in that form")
        return None

    return check


def _literal_checker(hint: Any) -> _Checker:
    allowed = dict.fromkeys(get_args(hint))

    def check(value: Any, path: Path, problems: list[Problem]) -> Any:
        if isinstance(value, str) and value in allowed:
            return value
        _note(problems, path, "one of " + ", ".join(allowed), quoted(value), "write one of these")
        return next(iter(allowed))

    return check


def _form_checker(form: Form) -> _Checker:
    matches = re.compile(form.pattern).fullmatch

    def check(value: Any, path: Path, problems: list[Problem]) -> Any:
        if isinstance(value, str) and matches(value):
            return value  # what a form allows is clean text
        checked = _check_text(value, path, problems)
        if checked:
            _note(problems, path, form.words, quoted(value), "write it in that form")
        return checked

    return check


def _array_checker(item: _Checker) -> _Checker:
    def check(value: Any, path: Path, problems: list[Problem]) -> Any:
        if not isinstance(value, list):
            _note(problems, path, "an array", quoted(value), "put it in square brackets")
            return ()
        if not value:
            _note(problems, path, "an array that is not empty", "an empty array", "fill it in, or leave the key out")
        return tuple([item(entry, (path, index), problems) for index, entry in enumerate(value)])

    return check


def _table_checker(key: _Checker, item: _Checker) -> _Checker:
    def check(value: Any, path: Path, problems: list[Problem]) -> Any:
        if not isinstance(value, dict):
            _note(problems, path, "a table", quoted(value), "write it as a table")
            return {}
        for name in value:
            key(name, (path, name), problems)
        return {name: item(entry, (path, name), problems) for name, entry in value.items()}

    return check


_MOST_STRANGE = 100
"""Unknown keys of one table that are told one by one; a file may hold millions, and nobody reads so many."""


def _record_checker(record: Any) -> _Checker:
    hints = get_type_hints(record, include_extras=True)
    checkers = {key_of(field.name): (field.name, checker_of(hints[field.name])) for field in fields(record)}
    find = checkers.get
    required = [key_of(field.name) for field in fields(record) if field.default is MISSING and field.default_factory is MISSING]

    def check(value: Any, path: Path, problems: list[Problem]) -> Any:
        if not isinstance(value, dict):
            _note(problems, path, "a table", quoted(value), "write it as { … }")
            return None
        known: dict[str, Any] = {}
        complete = True
        strange = 0
        for key, entry in value.items():
            if found := find(key):
                known[found[0]] = found[1](entry, (path, key), problems)
            elif (strange := strange + 1) <= _MOST_STRANGE:
                advice = f"take it out, or write one of {', '.join(checkers)}"
                _note(problems, (path, key), "a known key", quoted(key), advice)
        if strange > _MOST_STRANGE:
            _note(problems, path, "known keys", f"{strange - _MOST_STRANGE} more that are not", "take them out")
        for key in required:
            if key not in value:
                complete = False
                _note(problems, (path, key), f"a key {key}", "nothing", f"add {key}")
        return record(**known) if complete else None

    return check


_SCALARS: dict[Any, _Checker] = {
    str: _check_text,
    bool: _check_bool,
    int: _check_int,
    date: _check_date,
    Incidence: _figure_checker(Incidence),
    Quantity: _figure_checker(Quantity),
}


@cache
def checker_of(hint: Any) -> _Checker:
    """Return the function that checks and converts a value of a model type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    if is_dataclass(hint):
        return _record_checker(hint)
    if origin is Literal:
        return _literal_checker(hint)
    if origin is tuple:
        return _array_checker(checker_of(arguments[0]))
    if origin is dict:
        return _table_checker(checker_of(arguments[0]), checker_of(arguments[1]))
    if origin in (Union, types.UnionType):
        return checker_of(next(argument for argument in arguments if argument is not type(None)))
    if hasattr(hint, "__metadata__"):
        return _form_checker(hint.__metadata__[0])
    raise TypeError(f"the model has a type that validation does not know: {hint}")


def check_document(data: dict[str, Any]) -> tuple[Document | None, list[Problem]]:
    """Check a parsed TOML document; return the records (None if there are none to speak of) and all problems."""
    document, problems = check_head(data)
    if document is None:
        return None, problems
    drugs = {key: drug for key, drug in document.drugs.items() if drug is not None}
    used: set[str] = set()
    names: dict[str, tuple[str, tuple[str | int, ...]]] = {}
    for key, drug in drugs.items():
        problems += check_drug(key, drug, document.sources)
        for _, fact in every(drug):
            used.update(fact.sources)
        problems += claim_names(key, drug, names)
    problems += unused(document.sources, used)
    problems += check_sources(document.sources)
    return document, problems


def check_head(data: dict[str, Any]) -> tuple[Document | None, list[Problem]]:
    """Check the types and the form of a parsed TOML document; return its records and problems as ``check_document`` does."""
    if data.get("schema") == model.SCHEMA - 1:
        advice = "run drugref check --fix, which converts what a machine can, and see docs/schema-2.md"
        return None, [Problem(("schema",), str(model.SCHEMA), str(data["schema"]), advice)]
    problems: list[Problem] = []
    document = checker_of(Document)(data, (), problems)
    if document and document.schema != model.SCHEMA and not any(problem.path == ("schema",) for problem in problems):
        _note(problems, ((), "schema"), str(model.SCHEMA), str(document.schema), "update drugref, or correct the number")
    return document, problems


def unused(sources: dict[str, Any], used: set[str]) -> Iterator[Problem]:
    """Yield a problem for each source that is not used."""
    for source in sources.keys() - used:
        yield Problem(("sources", source), "a source that some fact names", "no fact names it", "cite it, or take it out")


def dangling(path: tuple[str | int, ...], cited: tuple[str, ...], sources: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each source that is cited at a path and is not among the file's."""
    for index, source in enumerate(cited):
        if source and source not in sources:
            place = (*path, "sources", index)
            expected = "the identifier of a source in [sources]"
            yield Problem(place, expected, quoted(source), "define the source or correct it")


def check_drug(key: str, drug: Drug, sources: dict[str, Any]) -> list[Problem]:
    """Check what the types cannot say about one drug."""
    problems: list[Problem] = []
    here: tuple[str | int, ...] = ("drugs", key)
    if drug.inn and slug(drug.inn) != key:
        problems.append(Problem(here, f"the INN as the key: {slug(drug.inn)}", key, "rename the table or correct inn"))
    for path, fact in every(drug):
        if not sources.keys() >= set(fact.sources):
            problems += dangling((*here, *path), fact.sources, sources)
    problems += _check_effects(here, drug)
    problems += _check_sections(here, drug)
    return problems


def _check_effects(here: tuple[str | int, ...], drug: Drug) -> Iterator[Problem]:
    seen: dict[tuple[Any, ...], int] = {}
    for index, effect in enumerate(drug.side_effects):
        if effect is None:
            continue
        place = (*here, "side_effects", index)
        scope = (effect.route, effect.product, effect.place, effect.population, effect.dose, effect.severity)
        rest = (effect.attribution, effect.measure, effect.period, effect.counted)
        for source in effect.sources:
            first = seen.setdefault((name_key(effect.effect), source, scope, rest), index)
            if first != index:
                expected = f"a claim once from one source ({source})"
                found = f'"{effect.effect}" of the same scope in side_effects[{first}] and here'
                yield Problem((*place, "effect"), expected, found, "join them, or say what tells them apart")
        yield from _check_frequency(place, effect)


def _check_frequency(place: tuple[str | int, ...], effect: SideEffect) -> Iterator[Problem]:
    most, least = effect.bands
    follows = effect.incidence is not None or effect.measure == "per-year"
    why = f"the figure ({effect.incidence})" if effect.measure != "per-year" else "a rate per year, which gives none"
    for name, given, computed in (("band", effect.band, most), ("least", effect.least, least)):
        if follows and given != computed:
            yield Problem((*place, name), f"{computed}, by {why}", quoted(given), "leave it out: it follows from the figure")
    if not follows and BANDS.index(least) < BANDS.index(most):
        yield Problem((*place, "least"), f"a band no more frequent than {most}", quoted(least), "change them round")
    if effect.basis == "wording" and not effect.wording:
        yield Problem(place, "the source's wording, as the basis is wording", "no wording", "add wording")
    if effect.basis == "wording" and effect.incidence:
        yield Problem((*place, "basis"), "figures, as there is an incidence", '"wording"', "leave it out")
    if effect.basis == "figures" and not effect.incidence and effect.band == "not-known":
        yield Problem((*place, "basis"), "wording, as the frequency is not known", '"figures"', "write wording")
    if effect.comparator and not effect.incidence:
        yield Problem((*place, "comparator"), "an incidence beside it", "none", "add incidence or take comparator out")
    if effect.key:
        yield Problem((*place, "key"), "nothing, as it is computed", "true", "take it out")


_TEST_HOST = re.compile(r"(?:.*-)?(?:uat|sit|test|testing|staging|stage|preview|preprod)\d*", re.IGNORECASE)
"""Name of a server on which a vendor tries pages out: what stands there was published by nobody."""


def check_sources(sources: dict[str, Source]) -> Iterator[Problem]:
    """Yield a problem for each source that lies on a server where nothing is published."""
    for key, source in sources.items():
        for attribute in ("locator", "via"):
            place = (source and getattr(source, attribute)) or ""
            names = place.split("://")[-1].split("/")[0].split(".")[:-2]  # below the domain that somebody owns
            if any(map(_TEST_HOST.fullmatch, names)):
                advice = "cite the document itself, or another copy"
                yield Problem(("sources", key, attribute), "no vendor's test or preview server", quoted(place), advice)


def _check_sections(here: tuple[str | int, ...], drug: Drug) -> Iterator[Problem]:
    held = drug.sections
    if drug.reviewed is None or held is None or held.reason:
        return
    for name in ("contraindications", "adverse_reactions"):
        if getattr(held, name) != "whole":
            expected = "whole, as the record is reviewed, or a reason"
            yield Problem((*here, "sections", name), expected, quoted(getattr(held, name)), "read it whole, or add reason")


def claim_names(key: str, drug: Drug, names: dict[str, tuple[str, tuple[str | int, ...]]]) -> Iterator[Problem]:
    """Enter a drug's names with the drug and the place that bear them; yield a problem for each that is taken or empty."""
    here: tuple[str | int, ...] = ("drugs", key)
    claims = [((*here, "inn"), drug.inn)]
    claims += [((*here, "names", index, "name"), name.name) for index, name in enumerate(drug.names) if name]
    for place, name in claims:
        found = name_key(name)
        if not found:
            if name:
                yield Problem(place, "a name with a letter or digit", quoted(name), "correct the name")
            continue
        owner, first = names.setdefault(found, (key, place))
        if first == place:
            continue
        if owner != key:
            yield Problem(
                place, "a name that one drug alone bears", f"{quoted(name)}, also at {format_path(first)}", "drop one"
            )
        else:
            yield Problem(place, "each name of a drug once", f"{quoted(name)}, also at {format_path(first)}", "drop one")


def check_vocabulary(data: dict[str, Any]) -> tuple[Vocabulary | None, list[Problem]]:
    """Check a parsed file of words; return the records and all problems, as ``check_document`` does."""
    problems: list[Problem] = []
    vocabulary = checker_of(Vocabulary)(data, (), problems)
    if vocabulary is None or problems:
        return None, problems
    entries = [(("terms", key), term) for key, term in vocabulary.terms.items()]
    entries += [(("confusable", index), pair) for index, pair in enumerate(vocabulary.confusable)]
    used: set[str] = set()
    owners: dict[tuple[str, str], str] = {}
    for path, entry in entries:
        used.update(entry.sources)
        problems += dangling(path, entry.sources, vocabulary.sources)
        if isinstance(entry, Confusable):
            if entry.tall_man and [name.lower() for name in entry.tall_man] != list(entry.names):
                expected = f"the names {', '.join(entry.names)} with capitals"
                problems.append(Problem((*path, "tall_man"), expected, ", ".join(entry.tall_man), "correct either"))
            continue
        for word in dict.fromkeys((entry.term, *entry.synonyms)):
            for kind in entry.kinds:
                owner = owners.setdefault((kind, phrase_key(word)), path[1])
                if owner != path[1]:
                    problems.append(Problem(path, f"words of one {kind} alone", f"{quoted(word)}, also in {owner}", "drop one"))
    problems += unused(vocabulary.sources, used)
    problems += _check_below(vocabulary.terms)
    return vocabulary, problems


def _check_below(terms: dict[str, model.Term]) -> Iterator[Problem]:
    """Yield a problem for each narrower word that leads to a term of other kinds, or in the end back to where it stands."""
    by_word: dict[str, list[str]] = {}
    for key, term in terms.items():
        for word in {phrase_key(word) for word in (term.term, *term.synonyms)}:
            by_word.setdefault(word, []).append(key)
    below = {
        key: {other for word in term.narrower for other in by_word.get(phrase_key(word), ())} for key, term in terms.items()
    }
    for key, term in terms.items():
        for index, word in enumerate(term.narrower):
            place = ("terms", key, "narrower", index)
            led = by_word.get(phrase_key(word), [])
            same = [other for other in led if set(terms[other].kinds) & set(term.kinds)]
            if led and not same:
                kinds = " or ".join(term.kinds)
                got = f"{quoted(word)}, a term of kind {' and '.join(terms[led[0]].kinds)}"
                yield Problem(place, f"a term of kind {kinds}", got, "take it out: narrower terms are of the same kind")
            for other in same:
                if key == other or key in _all_below(other, below):
                    got = f"{quoted(word)}, which {terms[other].term} leads back from"
                    yield Problem(place, f"a term narrower than {quoted(term.term)}", got, "take it out here or there")


def _all_below(key: str, below: dict[str, set[str]]) -> set[str]:
    found = [key]
    for entry in found:  # grows while it is gone through
        found += sorted(below[entry] - set(found))
    return set(found[1:]) | below[key]


def load_vocabulary(text: str) -> tuple[Vocabulary | None, list[Problem]]:
    """Parse and check the text of a file of words; problems come in the order of their lines."""
    return load_as(text, check_vocabulary)


def load(text: str) -> tuple[Document | None, list[Problem]]:
    """Parse and check a database file's text; problems come in the order of their lines.

    A document with problems may still be returned for repair; nothing else may use it.
    """
    return load_as(text, check_document)


def load_any(text: str) -> tuple[Document | Vocabulary | None, list[Problem]]:
    """Parse and check the text of a database file or of a file of words, whichever it is."""
    return load_as(text, check_any)


def check_any(data: dict[str, Any]) -> tuple[Document | Vocabulary | None, list[Problem]]:
    """Check a parsed file: one of words if it has terms and no drugs, a database otherwise."""
    return check_vocabulary(data) if "terms" in data and "drugs" not in data else check_document(data)


def parse(text: str) -> dict[str, Any] | Problem:
    """Return what a TOML text holds, or the one problem that keeps it from being read."""
    import tomli  # only here and only now: looking drugs up never parses TOML

    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        got = f"{error.msg} at column {error.colno}"
        return Problem((), "TOML", got, "mend the syntax there", error.lineno)
    except RecursionError:
        return Problem((), "TOML", "brackets nested too deep", "take the nesting out", 1)
    except ValueError as error:
        return Problem((), "TOML", quoted(str(error)), "correct that value", 1)


def load_as(text: str, check: Callable[[dict[str, Any]], tuple[R | None, list[Problem]]]) -> tuple[R | None, list[Problem]]:
    """Parse and check the text of a file as ``check`` does; problems come in the order of their lines."""
    data = parse(text)
    if isinstance(data, Problem):
        return None, [data]
    document, problems = check(data)
    if problems:
        from drugref.curated.toml_lines import Lines

        lines = Lines(text, (problem.path for problem in problems))
        problems = in_order(replace(problem, line=lines.of(problem.path)) for problem in problems)
    return document, problems


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in the order of their lines."""
    return sorted(problems, key=lambda problem: (problem.line, problem.place))
