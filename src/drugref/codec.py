"""Records as JSON and back: the one form in which drugref prints and stores them, and a decoder that raises.

Checking a curated file is another matter, see ``curated.validate``: that reports every problem, this refuses the first value
that no record can hold.
"""

import json
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from drugref.errors import DrugrefError
from drugref.model import key_of

R = TypeVar("R")
_quoted = json.encoder.encode_basestring
"""Return a JSON string."""


class DecodeError(DrugrefError):
    """A stored value that is no value of the model; the message names it and where it stands."""


@cache
def _shape(kind: type) -> tuple[str, Callable[[Any], tuple[Any, ...]]]:
    """Return a template of the JSON of a kind of record, and what reads the values; every kind has two or more."""
    attributes = [field.name for field in fields(kind)]
    return "{" + ",".join(f"{_quoted(key_of(name))}:%s" for name in attributes) + "}", attrgetter(*attributes)


def record_json(record: Any) -> str:
    """Return a record as JSON, every key there, set or not."""
    template, values = _shape(record.__class__)
    find = _WRITERS.get
    return template % tuple([find(value.__class__, _told_twice)(value) for value in values(record)])


_told_twice = lru_cache(256)(record_json)
"""The same for facts: each stands in a part and in the whole record."""


def forget() -> None:
    """Let go of the facts that were written: a drug's are its own, and a label's texts may have megabytes."""
    _told_twice.cache_clear()


def json_of(value: Any) -> str:
    """Return a fact, or what may stand in one, as JSON in the one form that drugref prints."""
    return _WRITERS.get(value.__class__, _told_twice)(value)


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: _quoted,
    type(None): lambda value: "null",
    bool: lambda value: "true" if value else "false",
    int: int.__repr__,
    float: float.__repr__,
    date: lambda value: f'"{value}"',
    tuple: lambda value: f"[{','.join([json_of(entry) for entry in value])}]" if value else "[]",
    list: lambda value: f"[{','.join([json_of(entry) for entry in value])}]" if value else "[]",
    dict: lambda value: "{" + ",".join([f"{_quoted(key)}:{json_of(entry)}" for key, entry in value.items()]) + "}",
}
"""How values are written that are no records."""

_Decoder = Callable[[Any, str], Any]


def decode(kind: type[R], value: Any, place: str = "") -> R:
    """Return a record of what ``json_of`` wrote and ``json.loads`` read. Raises DecodeError."""
    made: R = decoder_of(kind)(value, place or kind.__name__)  # type: ignore[arg-type]  # a class is hashable
    return made


@cache
def decoder_of(hint: Any) -> _Decoder:
    """Return the function that makes a value of a model type of JSON, given the place where it stands."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in _SCALARS:
        return _scalar(hint)
    if is_dataclass(hint):
        return _record(hint)
    if origin is Literal:
        return _literal(arguments)
    if origin is tuple:
        return _array(decoder_of(arguments[0]))
    if origin in (Union, UnionType):
        held = decoder_of(next(argument for argument in arguments if argument is not type(None)))
        return lambda value, place: None if value is None else held(value, place)
    if hasattr(hint, "__metadata__"):
        return decoder_of(hint.__origin__)
    raise TypeError(f"the model has a type that cannot be decoded: {hint}")


_SCALARS: dict[Any, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    date: "a date",
}


def _scalar(hint: type) -> _Decoder:
    def check(value: Any, place: str) -> Any:
        if value.__class__ is hint:
            return value
        if hint is float and value.__class__ is int:
            return float(value)
        if hint is date and isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise _wrong(value, place, _SCALARS[hint])

    return check


def _literal(allowed: tuple[Any, ...]) -> _Decoder:
    def check(value: Any, place: str) -> Any:
        if value in allowed:
            return value
        raise _wrong(value, place, f"one of {', '.join(allowed)}")

    return check


def _array(item: _Decoder) -> _Decoder:
    def check(value: Any, place: str) -> Any:
        if not isinstance(value, list):
            raise _wrong(value, place, "an array")
        return tuple([item(entry, f"{place}[{index}]") for index, entry in enumerate(value)])

    return check


def _record(kind: Any) -> _Decoder:
    hints = get_type_hints(kind, include_extras=True)
    decoders = {key_of(field.name): (field.name, decoder_of(hints[field.name])) for field in fields(kind)}
    required = {key_of(f.name) for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}

    def check(value: Any, place: str) -> Any:
        if not isinstance(value, dict):
            raise _wrong(value, place, "an object")
        if odd := sorted(value.keys() - decoders.keys() | required - value.keys()):
            raise _wrong(list(value), place, f"the keys of {kind.__name__}, not more nor less: {', '.join(odd)}")
        known = {}
        for key, entry in value.items():
            name, decoder = decoders[key]
            known[name] = decoder(entry, f"{place}.{key}")
        return kind(**known)

    return check


def _wrong(value: Any, place: str, expected: str) -> DecodeError:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    return DecodeError(f"a stored record cannot be read: {place}: expected {expected}, got {shown}")
