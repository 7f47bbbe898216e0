"""The JSON Schema of a database file, made from the model, for editors and for other programs."""

import ast
import inspect
import json
import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from drugref import model
from drugref.model import Document, Incidence, Quantity, key_of


def json_schema() -> str:
    """Return the JSON Schema (draft 2020-12) of a database file as text, ending in a line break."""
    definitions: dict[str, Any] = {}
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "drugref database",
        **_record(Document, definitions),
        "$defs": definitions,
    }
    schema["properties"]["schema"]["const"] = model.SCHEMA
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


@cache
def descriptions(record: Any) -> dict[str, str]:
    """Return the docstring beneath each attribute of a record."""
    body = ast.parse(inspect.getsource(record)).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for attribute, below in zip(body.body, body.body[1:], strict=False):
        if isinstance(attribute, ast.AnnAssign) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            assert isinstance(attribute.target, ast.Name)
            found[attribute.target.id] = str(below.value.value)
    return found


def _record(record: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(record, include_extras=True)
    about = descriptions(record)
    return {
        "type": "object",
        "description": (record.__doc__ or "").strip(),
        "properties": {
            key_of(field.name): {**_type(hints[field.name], definitions), "description": about[field.name]}
            for field in fields(record)
        },
        "required": [key_of(f.name) for f in fields(record) if f.default is MISSING and f.default_factory is MISSING],
        "additionalProperties": False,
    }


def _type(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in (Incidence, Quantity):
        return {"type": "string", "pattern": f"^{hint.PATTERN}$"}
    if is_dataclass(hint):
        assert isinstance(hint, type)
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}
            definitions[hint.__name__] = _record(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": _type(arguments[0], definitions), "minItems": 1}
    if origin is dict:
        names = {"pattern": f"^{arguments[0].__metadata__[0].pattern}$"}
        return {"type": "object", "propertyNames": names, "additionalProperties": _type(arguments[1], definitions)}
    if origin in (Union, types.UnionType):
        return _type(next(argument for argument in arguments if argument is not type(None)), definitions)
    if hasattr(hint, "__metadata__"):
        return {"type": "string", "pattern": f"^{hint.__metadata__[0].pattern}$"}
    plain: dict[Any, dict[str, Any]] = {
        str: {"type": "string", "minLength": 1},
        bool: {"type": "boolean"},
        int: {"type": "integer", "minimum": 1},
        float: {"type": "number"},
        date: {"type": "string", "format": "date"},
    }
    return plain[hint]
