"""Texts that the entries of word lists match, made from the entries themselves, and what the readers of labels make of each.

The golden ``tests/goldens/reader.tsv`` holds the texts as well as the outcomes, so that it asks after a word or a rule that is
gone from its list.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from drugref.importers import sider_files
from drugref.incidence.named import lists, ways
from drugref.incidence.named import reader as named
from drugref.incidence.named.lists import harms as harms_of
from drugref.incidence.named.lists import is_harm, is_word_of_harm
from drugref.incidence.prose import arrangements, clauses, guards, reader, terms
from drugref.incidence.prose.marks import marked
from drugref.incidence.prose.passages import is_postmarketing
from drugref.incidence.prose.reader import read_prose
from drugref.incidence.prose.scopes import definitions, population_in, worded
from drugref.incidence.prose.shares import shares_in
from drugref.incidence.rules import Rule, found, leading, said, whole
from drugref.incidence.spelling import in_sentence
from drugref.incidence.systems import kind_of
from drugref.incidence.tables import arms, heads, kind, row_terms
from drugref.incidence.tables.names import without_ending
from drugref.incidence.tables.reader import read_element
from drugref.labels import judging, record
from drugref.labels.ingredients import from_elements
from drugref.labels.label import Ingredient
from drugref.lexicon import (
    capitals,
    comparators,
    forms,
    frequency,
    harms,
    leaving,
    people,
    reactions,
    salts,
    severity,
    systems,
    units,
)
from tests.tables import table

DRUGS = ("examplin",)


def texts_of(entry: str) -> Iterator[str]:
    """Yield short texts that an entry matches: one for each alternative, at each place where it has some."""
    tree = re._parser.parse(entry, re.IGNORECASE)  # type: ignore[attr-defined]  # the library's own parser, not in its stubs
    yield from dict.fromkeys(_texts(list(tree)))


def _texts(nodes: list[Any]) -> list[str]:
    parts = [_of_node(*node) for node in nodes]
    first = [options[0] for options in parts]
    found_ = ["".join(first)]
    for place, options in enumerate(parts):
        found_ += ["".join([*first[:place], option, *first[place + 1 :]]) for option in options[1:]]
    return found_


def _of_node(kind_: Any, value: Any) -> list[str]:
    name = str(kind_)
    if name == "LITERAL":
        return [chr(value)]
    if name == "IN":
        return [_of_set(value)]
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        low, _, inner = value
        return [text * low for text in _texts(list(inner))] if low else [""]
    if name == "SUBPATTERN":
        return _texts(list(value[3]))
    if name == "BRANCH":
        return list(chain.from_iterable(_texts(list(branch)) for branch in value[1]))
    if name == "ASSERT" and value[0] == 1:
        return _texts(list(value[1]))
    return ["x"] if name in ("ANY", "NOT_LITERAL") else [""]


def _of_set(value: list[Any]) -> str:
    kind_, what = value[0]
    if str(kind_) == "LITERAL":
        return chr(what)
    if str(kind_) == "RANGE":
        return chr(what[0])
    return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " "}.get(str(what), "x")


Outcome = Callable[[str], object]


class Frame(NamedTuple):
    """A list, and what a reader makes of a text with one of its entries."""

    name: str
    entries: Sequence[str]
    outcome: Outcome

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield list, text and outcome for all entries."""
        for entry in self.entries:
            for text in texts_of(entry):
                yield self.name, text, str(self.outcome(text))


def _figures(text: str) -> str:
    reading = read_prose(text, DRUGS)
    shown = [
        f"{figure.effect} {figure.incidence}{f' vs {figure.comparator}' if figure.comparator else ''} ({', '.join(figure.rules)})"
        for figure in reading.figures
    ]
    return "; ".join([*shown, *(f"{entry.effect} {entry.band}" for entry in reading.worded), *reading.doubts])


def _told(text: str, *, compared: bool) -> str:
    sentence = marked(text, DRUGS)
    pairs = arrangements.told(sentence.text, compared=compared)
    return "; ".join(
        f"{sentence.words[pair.share]} vs {sentence.words.get(pair.comparator, '-')} ({pair.rule})" for pair in pairs or ()
    )


def _column(head: str) -> str:
    title, _, head = head.rpartition("\n")
    rows = f"{head}\nRash | " + " | ".join(str(number) for number in range(1, head.count("|") + 1))
    reading = read_element(table(rows, caption=title or "Adverse reactions in patients on ZYLO"), ["zylo"])
    return "; ".join(f"{figure.incidence} ({figure.rules[-1]})" for figure in reading.figures) or "; ".join(reading.doubts)


def _words(rules: Sequence[Rule]) -> list[str]:
    return [word for rule in rules for word in rule.words]


def _rule(by: Callable[[Sequence[Rule], str], str | None], rules: Sequence[Rule]) -> Outcome:
    return lambda text: by(rules, text)


RULES: dict[str, tuple[Callable[[Sequence[Rule], str], str | None], tuple[Rule, ...]]] = {
    "guards": (found, guards.GUARDS),
    "rows that sum up": (whole, row_terms.SUMMARIES),
    "rows that lean on another": (leading, row_terms.LEANINGS),
    "columns that are no arm": (found, heads.NO_ARMS),
    "tables of other figures": (found, kind.OTHER_FIGURES),
    "tables of no harm": (found, kind.NO_HARMS),
    "names of effects": (said, terms.REFUSALS),
    "no names in running text": (found, lists.NAMELESS),
    "sentences that name none": (found, tuple(rule for rule in named.GUARDS if rule not in guards.GUARDS)),
    "limits of uses": (found, judging.LIMITS),
    "words of uses": (found, judging.INDICATES),
    "words of risks": (found, judging.FORBIDS),
    "reports among contraindications": (found, judging.REPORTS),
    "what forbids": (found, judging.PROHIBITS),
    "parts of sentences": (whole, judging.FRAGMENTS),
    "contraindications among cautions": (found, judging.ELSEWHERE),
    "no contraindication": (whole, judging.NONE),
    "certainty of mechanisms": (found, judging.UNKNOWN),
}
"""Tables of rules made of words, and how they are asked."""

FRAMES = (
    Frame("ends of words of harm", harms.ENDINGS, lambda text: is_word_of_harm(f"ab{text}")),
    Frame("beginnings of words of harm", harms.BEGINNINGS, lambda text: is_word_of_harm(f"{text}xyzzy")),
    Frame("words of harm", harms.NAMES, is_word_of_harm),
    Frame("words that name no harm by themselves", harms.NO_NAMES, is_harm),
    Frame("measures", harms.MEASURES, lambda text: harms_of(f"rash, nausea, itching, {text}")),
    Frame("systems of MedDRA", systems.MEDDRA, lambda text: kind_of(re.sub(r"\(.*", "", text))),
    Frame("systems as a whole", systems.WHOLE, kind_of),
    Frame("systems by their parts", systems.PARTS, lambda text: kind_of(f"{text}/skin")),
    Frame(
        "words behind systems", (*systems.KINDS, *systems.HAPPENINGS, *systems.CHANGES), lambda text: kind_of(f"skin {text}")
    ),
    Frame("effects that head lists", systems.EFFECTS_TOO, kind_of),
    Frame("abbreviations", capitals.ABBREVIATIONS, lambda text: in_sentence(f"PROLONGED {text}", shouted=True)),
    Frame("symbols", capitals.SYMBOLS, lambda text: in_sentence(f"{text} Decreased")),
    Frame("names", (*capitals.PERSONS, *capitals.GERMS), lambda text: in_sentence(f"{text} Disease")),
    Frame("names in phrases", capitals.PHRASES, lambda text: in_sentence(f"{text} Syndrome".title())),
    Frame("owners that are no names", capitals.POSSESSIVES, lambda text: in_sentence(f"{text.title()}'s Ache")),
    Frame("halves that are no names", capitals.HALVES, lambda text: in_sentence(f"{text.title()}-Something pain")),
    Frame("salts", (*salts.SALTS, *salts.METALS), lambda text: record.base_of(f"examplin {text}")),
    Frame(
        "salts or esters", (*salts.EITHER, *salts.ESTERS), lambda text: from_elements(f"EXAMPLIN {text.upper()} EXAMPLIN TALC")
    ),
    Frame("water", salts.WATER, lambda text: record.inn_of((Ingredient(f"examplin {text}"),))),
    Frame("no drug alone", salts.NO_DRUG_ALONE, lambda text: record.base_of(f"{text} citrate")),
    Frame("shared beginnings", salts.SHARED_BEGINNINGS, lambda text: sider_files._is_fragment(text)),
    Frame(
        "forms",
        (*forms.SOLID, *forms.GIVEN_BY_NEEDLE, *forms.IN_PERCENT, *forms.ROUTES, *forms.RELEASE, *forms.DEVICES),
        lambda text: without_ending(f"examplin {text}"),
    ),
    Frame("strengths", (*forms.IN_PERCENT, *forms.FLUIDS), lambda text: shares_in(f"Apply 5% {text}")[0].incidence),
    Frame(
        "units",
        (*units.SMALL, *units.WEIGHTS, *units.VOLUMES, *units.ACTIVITIES),
        lambda text: heads.rest_of(f"zylo 10 {text}"),
    ),
    Frame("schedules", (*units.SCHEDULES, *units.SIZES), lambda text: heads.rest_of(f"zylo {text}")),
    Frame(
        "people",
        (*people.TREATED, *people.SEXES, *people.AGES),
        lambda text: _figures(f"Rash occurred in 5% of {text} treated with examplin and in 2% of {text} on placebo."),
    ),
    Frame("origins", people.ORIGINS, lambda text: shares_in(f"5% were {text}")[0].incidence),
    Frame("studies", people.STUDIES, lambda text: row_terms.names_patients(f"{text} A")),
    Frame("leaving", leaving.STOPPING, lambda text: guards.guarded(f"Rash in 5%, {text}")),
    Frame("what led to leaving", leaving.LED_TO, lambda text: guards.guarded(f"Rash {text} withdrawal of all")),
    Frame("leaving as an outcome", leaving.OUTCOMES, lambda text: guards.guarded(f"Rash leading to {text} of all")),
    Frame("nouns for reactions", reactions.NOUNS, lambda text: whole(row_terms.SUMMARIES, f"adverse {text}")),
    Frame("nouns for findings", reactions.FINDINGS, lambda text: whole(row_terms.SUMMARIES, f"any {text}")),
    Frame("adjectives of harm", reactions.QUALIFIERS, lambda text: whole(row_terms.SUMMARIES, f"{text} complaint")),
    Frame("reactions in letters", reactions.ABBREVIATIONS, lambda text: whole(row_terms.SUMMARIES, text)),
    Frame("which reactions", reactions.MEANT, lambda text: terms.effect(f"{text} toxicity")),
    Frame("how effects are shown", reactions.SHOWN, lambda text: terms.effect(f"rash {text} here")),
    Frame(
        "arms without the drug",
        (*comparators.PLACEBO, *comparators.UNTREATED, *comparators.CONTROLS),
        lambda text: heads.role_of(text, ("zylo",)),
    ),
    Frame("kinds of control", comparators.CONTROLLED, lambda text: population_in(f"a {text}-controlled trial")),
    Frame("words against", comparators.AGAINST, lambda text: terms.effect(f"rash {text} gout")),
    Frame("severities", severity.GRADES, lambda text: leading(row_terms.LEANINGS, text)),
    Frame("scales", severity.SCALES, lambda text: leading(row_terms.LEANINGS, f"{text} grade 3")),
    Frame("words for a frequency", tuple(frequency.BANDS), lambda text: (scope := worded(text, "", {})) and scope.band),
    Frame(
        "words that are defined", frequency.DEFINED, lambda text: list(definitions(marked(f"{text} is defined as 5%", DRUGS)))
    ),
    Frame("reports after marketing", frequency.REPORTS, is_postmarketing),
    Frame("rates", frequency.RATES, lambda text: terms.effect(f"rash {text} here")),
    *(Frame(f"words: {name}", _words(rules), _rule(by, rules)) for name, (by, rules) in RULES.items()),
)
"""Every list of the lexicon and every word of a rule."""


def _named(text: str) -> str:
    return str([(way.name, harms_of(held, listed=way.whole)) for held, way in ways.listed_in(text)])


def rules() -> Iterator[tuple[str, str, str]]:
    """Yield table, example and outcome for every rule that there is."""
    for name, (by, held) in RULES.items():
        yield from ((f"rules: {name}", rule.example, str(by(held, rule.example))) for rule in held)
    yield from (("rules: guards, in the reader", rule.example, _figures(rule.example)) for rule in guards.GUARDS)
    yield from (("rules: forms", form.example, _figures(form.example)) for form in reader.FORMS)
    yield from (("rules: patterns", pattern.example, _figures(pattern.example)) for pattern in clauses.PATTERNS)
    for beside in (False, True):
        held_ = [rule for rule in arrangements.ARRANGEMENTS if rule.beside == beside]
        yield from (
            (f"rules: arrangements{' beside a placebo' * beside}", rule.example, _told(rule.example, compared=beside))
            for rule in held_
        )
    yield from (("rules: columns", giver.head, _column(giver.head)) for giver in arms.GIVERS)
    yield from (("rules: ways of naming", way.example, _named(way.example)) for way in ways.WAYS)


OUTCOMES: dict[str, Outcome] = {
    **{frame.name: frame.outcome for frame in FRAMES},
    **{f"rules: {name}": _rule(by, held) for name, (by, held) in RULES.items()},
    "rules: guards, in the reader": _figures,
    "rules: forms": _figures,
    "rules: patterns": _figures,
    "rules: arrangements": lambda text: _told(text, compared=False),
    "rules: arrangements beside a placebo": lambda text: _told(text, compared=True),
    "rules: columns": _column,
    "rules: ways of naming": _named,
}
"""What is made of a text, by the first column of the golden."""


def rows() -> list[tuple[str, str, str]]:
    """Return all rows of the golden, each once."""
    found_ = chain(rules(), chain.from_iterable(frame.rows() for frame in FRAMES))
    return list(dict.fromkeys(tuple(cell.replace("\n", "\\n") for cell in row) for row in found_))  # type: ignore[misc]
