"""drugref: a pharmacology reference. Mechanism, uses, side effects by frequency band, contraindications; each fact sourced.

>>> import drugref
>>> with drugref.open_database() as database:
...     drug = database["tizanidine"]
>>> drug.inn
'tizanidine'

Importing this loads nothing heavy; what ``open_database`` needs is imported when it is called.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from drugref.errors import (
        AmbiguousNameError,
        DrugrefError,
        InvalidDatabaseError,
        UnknownDrugError,
    )
    from drugref.library import DrugDatabase, open_database
    from drugref.model import Drug, SideEffect, Source

__all__ = [
    "AmbiguousNameError",
    "Drug",
    "DrugDatabase",
    "DrugrefError",
    "InvalidDatabaseError",
    "SideEffect",
    "Source",
    "UnknownDrugError",
    "__version__",
    "open_database",
]

_PLACES = {
    "AmbiguousNameError": "errors",
    "Drug": "model",
    "DrugDatabase": "library",
    "DrugrefError": "errors",
    "InvalidDatabaseError": "errors",
    "SideEffect": "model",
    "Source": "model",
    "UnknownDrugError": "errors",
    "open_database": "library",
}


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module 'drugref' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"drugref.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
