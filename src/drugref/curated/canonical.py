"""The canonical form of a database file: one fact a line, everything in a fixed order, comments kept."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from itertools import chain
from typing import Any, get_args

from drugref import model
from drugref.curated.toml_lines import Lines
from drugref.facts import order_of
from drugref.model import Document, Drug, Incidence, Quantity, SideEffect, Vocabulary, key_of

SCHEMA_FILE = "drugs.schema.json"
FIRST_LINE = f"#:schema ./{SCHEMA_FILE}"
"""What editors with TOML support read to complete and check while typing."""


def tidy(value: Any) -> Any:
    """Return parsed TOML with the repairs that need no judgement: NFC, no surrounding spaces."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip()
    if isinstance(value, list):
        return [tidy(entry) for entry in value]
    if isinstance(value, dict):
        return {key: tidy(entry) for key, entry in value.items()}
    return value


def write(document: Document | Vocabulary, text: str = "") -> str:
    """Return a document in canonical form; comments of ``text``, the file it came from, go with what they stand above.

    A comment at the end of a line moves above it. Comments above nothing stay at the end.
    """
    original = ordered(document) if isinstance(document, Document) else _ordered_vocabulary(document)
    lines = chain.from_iterable(_field(key, value) for key, value in _set_fields(original))
    return _joined([*_first(document, text), *_commented(lines, document, text)])


def is_head(document: Document, text: str) -> bool:
    """Tell whether a text is in canonical form what stands above a document's tables of sources and drugs."""
    fields_ = ((key, value) for key, value in _set_fields(document) if not isinstance(value, dict))
    lines = chain.from_iterable(_field(key, value) for key, value in fields_)
    return text == _joined([*_first(document, text), *_commented(lines, document, text)])


def is_table(document: Document, table: str, key: str, text: str) -> bool:
    """Tell whether a text is in canonical form a table of ``sources`` or ``drugs`` of a document, with what is above it."""
    record = getattr(ordered(document), table)[key]
    return text == _joined(_commented(_table(table, key, record), document, text))


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _first(document: Document | Vocabulary, text: str) -> list[str]:
    """Return the line that tells editors the schema, the text's own if it has one."""
    own_schema = re.match(r"#:schema\b.*", text)
    return [own_schema[0].rstrip()] if own_schema else [FIRST_LINE] if isinstance(document, Document) else []


def _commented(lines: Iterable[tuple[tuple[Any, ...], str]], document: Document | Vocabulary, text: str) -> Iterator[str]:
    """Yield lines with the comments of a text above those that they go with, and the rest of them at the end."""
    comments = _comments_by_path(text) if "#" in text else {}
    if not comments:  # most files have none, and to know what a line stands for takes longer than to write it
        yield from (line for _, line in lines)
        return
    for path, line in lines:
        indent = line[: len(line) - len(line.lstrip())]
        yield from (indent + comment for comment in comments.pop(_stable(document, path), []))
        yield line
    for rest in comments.values():
        yield from rest


def ordered(document: Document) -> Document:
    """Return the document with sources, drugs and facts in canonical order; order that carries meaning is kept."""
    drugs = {key: _ordered_drug(drug) for key, drug in sorted(document.drugs.items())}
    return replace(document, sources=dict(sorted(document.sources.items())), drugs=drugs)


def _ordered_vocabulary(vocabulary: Vocabulary) -> Vocabulary:
    """Return the file of words with its tables in canonical order; arrays stand before tables, as TOML asks."""
    pairs = tuple(sorted(vocabulary.confusable, key=lambda pair: pair.names))
    terms = dict(sorted(vocabulary.terms.items()))
    return replace(vocabulary, confusable=pairs, terms=terms, sources=dict(sorted(vocabulary.sources.items())))


def _ordered_drug(drug: Drug) -> Drug:
    names, uses = get_args(model.NameKind), get_args(model.UseKind)
    return replace(
        drug,
        names=tuple(sorted(drug.names, key=lambda name: names.index(name.kind))),
        uses=tuple(sorted(drug.uses, key=lambda use: uses.index(use.kind))),
        side_effects=tuple(sorted(drug.side_effects, key=order_of)),
    )


def _field(key: str, value: Any) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Yield each line of a document's field with the object path it stands for; a fact's path ends in the fact itself."""
    if isinstance(value, int):
        yield (key,), f"{key} = {value}"
    elif isinstance(value, tuple):
        yield (), ""
        yield from _array((key,), key, value)
    elif is_dataclass(value):
        yield (), ""
        yield (key,), f"[{key}]"
        yield from _pairs((key,), value)
    else:
        if not value:
            yield (), ""
            yield (key,), f"[{key}]"
        for name, record in value.items():
            yield from _table(key, name, record)


def _table(key: str, name: str, record: Any) -> Iterator[tuple[tuple[Any, ...], str]]:
    yield (), ""
    yield (key, name), f"[{key}.{name}]"
    yield from _pairs((key, name), record)


def _array(path: tuple[Any, ...], key: str, facts: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    yield path, f"{key} = ["
    for fact in facts:
        yield (*path, fact), f"  {_value(fact)},"
    yield (), "]"


def _pairs(path: tuple[Any, ...], record: Any) -> Iterator[tuple[tuple[Any, ...], str]]:
    for key, value in _set_fields(record):
        here = (*path, key)
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            yield from _array(here, key, value)
        else:
            yield here, f"{key} = {_value(value)}"


def _set_fields(record: Any) -> Iterator[tuple[str, Any]]:
    for field in fields(record):
        value = getattr(record, field.name)
        if (field.default is MISSING or value != field.default) and not _follows(record, field.name):
            yield key_of(field.name), value


def _follows(record: Any, attribute: str) -> bool:
    """Tell whether an attribute of a side effect follows from others, and so is not written."""
    if not isinstance(record, SideEffect):
        return False
    if attribute == "least":
        return record.incidence is not None or record.measure == "per-year" or record.least == record.band
    if attribute == "band":
        return record.incidence is not None or record.measure == "per-year"
    return attribute == "key" or (attribute == "basis" and record.incidence is not None)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (str, Incidence, Quantity)):
        # JSON's escapes are TOML's, but for DEL, which no valid text holds.
        return json.dumps(str(value), ensure_ascii=False)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return "{ " + ", ".join(f"{key} = {_value(entry)}" for key, entry in _set_fields(value)) + " }"


def _stable(document: Document | Vocabulary, path: tuple[Any, ...]) -> tuple[Any, ...]:
    """Turn a path that ends in a fact into one that ends in the fact's index in the file as it was."""
    if len(path) == 2 and path[0] == "confusable" and isinstance(document, Vocabulary):
        return (path[0], document.confusable.index(path[1]))
    if len(path) == 4 and path[0] == "drugs" and isinstance(document, Document):
        attribute = next((field for field, key in model.KEYS.items() if key == path[2]), path[2])
        return (*path[:3], getattr(document.drugs[path[1]], attribute).index(path[3]))
    return path


def _comments_by_path(text: str) -> dict[tuple[Any, ...], list[str]]:
    """Map the path of each line that canonical form has to the comments above it or at its end."""
    lines = Lines(text)
    own: dict[int, tuple[Any, ...]] = {}
    for path, line in lines.paths.items():
        if _has_line(path):
            own.setdefault(line, path)
    starts = sorted(own)
    found: dict[tuple[Any, ...], list[str]] = {}
    for line, comment, alone in lines.comments:
        if line == 1 and re.match(r"#:schema\b", comment):
            continue
        if alone:
            start = next((start for start in starts if start > line), None)
        else:
            start = next((start for start in reversed(starts) if start <= line), None)
        found.setdefault(own[start] if start else ("end",), []).append(comment.rstrip())
    return found


def _has_line(path: tuple[Any, ...]) -> bool:
    """Tell whether canonical form begins a line with what stands at a path."""
    if path[0] in ("sources", "drugs", "terms"):
        return 2 <= len(path) <= 3 or (path[0] == "drugs" and len(path) == 4 and isinstance(path[3], int))
    return len(path) <= 2
