"""Which words and rules of the readers of labels could be dropped without a test noticing.

``python benchmarks/mutations.py`` drops each in turn, in a process of its own, and asks every text of the golden
``tests/goldens/reader/words.tsv`` anew until one is read otherwise. What survives is printed; nothing should, but what another
word says as well.
"""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "goldens" / "reader" / "words.tsv"
LISTS = (
    "capitals",
    "comparators",
    "forms",
    "frequency",
    "leaving",
    "people",
    "reactions",
    "salts",
    "severity",
    "systems",
    "units",
)
WORDED = (
    ("drugref.incidence.prose.guards", "GUARDS"),
    ("drugref.incidence.prose.terms", "REFUSALS"),
    ("drugref.incidence.tables.row_terms", "SUMMARIES"),
    ("drugref.incidence.tables.row_terms", "LEANINGS"),
    ("drugref.incidence.tables.heads", "NO_ARMS"),
    ("drugref.incidence.tables.kind", "OTHER_FIGURES"),
    ("drugref.incidence.tables.kind", "NO_HARMS"),
    *(("drugref.labels.judging", name) for name in ("LIMITS", "INDICATES", "FORBIDS", "ELSEWHERE", "NONE", "UNKNOWN")),
)
"""Tables of rules made of words."""
NAMED = (
    ("drugref.incidence.prose.reader", "FORMS"),
    ("drugref.incidence.prose.clauses", "PATTERNS"),
    ("drugref.incidence.prose.arrangements", "ARRANGEMENTS"),
)
"""Tables of other rules."""


Spec = tuple[str, str, int, str | None, str]
"""Module, list or table, number of the rule or -1, the word if it is one, and a text that has to do with it."""


def survives(spec: Spec) -> bool:
    """Tell whether the golden is as before without something, in a process that has loaded nothing of ours since."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    try:
        module, name, number, word, hint = spec
        if number < 0:
            without_word(module, name, str(word))
        else:
            without_rule(module, name, number, word)
        words: Any = import_module("tests.words")
        rows = [line.split("\t") for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
        rows.sort(key=lambda row: hint[:4].lower() not in row[1].lower())
        same = all(str(words.OUTCOMES[name](text.replace("\\n", "\n"))) == outcome for name, text, outcome in rows)
        os._exit(0 if same else 1)
    except Exception:
        os._exit(1)  # what cannot even be loaded is noticed


def without_word(module: str, name: str, word: str) -> None:
    """Drop a word from a list of the lexicon, before anything is made of it."""
    held: Any = import_module(f"drugref.lexicon.{module}")
    old = getattr(held, name)
    kept = {key: old[key] for key in old if key != word} if isinstance(old, dict) else tuple(key for key in old if key != word)
    setattr(held, name, kept)
    if (module, name) in (("leaving", "LEAVINGS"), ("leaving", "LEFT")):
        held.STOPPING = tuple(entry for entry in held.STOPPING if entry != word)


def without_rule(module: str, name: str, number: int, word: str | None = None) -> None:
    """Drop a rule from a table, or one of its words, everywhere where that table is known."""
    table = getattr(import_module(module), name)
    rule = table[number]
    new = [*table[:number], *table[number + 1 :]]
    if word is not None:
        new.insert(number, replace(rule, words=tuple(other for other in rule.words if other != word)))
    for loaded in [held for key, held in sys.modules.items() if key.startswith("drugref.")]:
        if getattr(loaded, name, None) is table:
            setattr(loaded, name, tuple(new))
    if name == "REFUSALS":
        terms, rules = import_module(module), import_module("drugref.incidence.rules")
        terms._SENTENCE = rules.together(new)  # type: ignore[attr-defined]  # what the module makes of them


def specs() -> Iterator[Spec]:
    """Yield what can be dropped."""
    for module in LISTS:
        for name, held in sorted(vars(import_module(f"drugref.lexicon.{module}")).items()):
            if name.isupper() and isinstance(held, (tuple, dict)) and name != "STOPPING":
                yield from ((module, name, -1, word, word) for word in held)
    for module, name in (*WORDED, *NAMED):
        for number, rule in enumerate(getattr(import_module(module), name)):
            yield module, name, number, None, rule.example
            yield from ((module, name, number, word, rule.example) for word in getattr(rule, "words", ()))


def main() -> None:
    """Print what survives."""
    sys.path.insert(0, str(ROOT))
    re._MAXCACHE = 1 << 14  # type: ignore[attr-defined]  # patterns that a change leaves alone are not compiled again
    every = list(specs())
    import_module("tests.words").rows()
    for name in [name for name in sys.modules if name.split(".")[0] in ("drugref", "tests")]:
        del sys.modules[name]
    alive = 0
    for spec in every:
        if survives(spec):
            alive += 1
            print(*spec[:4], sep=" | ", flush=True)
    print(f"{len(every)} dropped, {alive} not noticed")


if __name__ == "__main__":
    main()
