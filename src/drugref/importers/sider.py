"""SIDER 4.1: side effects, their frequencies and indications, as a program found them in labels up to 2015.

A user may have only some of its files; names and one of the two tables of side effects are needed. What is made of them,
with an eye to the harm that could come of it:

- A record is what bears one name. Ids without regard to stereochemistry (``CID1…``) that bear the same name are united; an
  id with two names, or names that differ in signs alone, are refused. SIDER cuts names at the first space: a name that so
  became another substance's (``sodium``, ``bile``) is refused, one that still says what it is (``valproic``) is kept as it
  stands, with a note. Nothing is completed.
- What a label says goes under one preferred term: its own if SIDER gives it, else the only one that SIDER gives. Where there
  are several others it keeps its lowest level term, as a preferred term too many is an effect that no label names. All else
  repeats it. What has no preferred term is kept under the term that it has.
- Rows of placebo arms are left out, and ``0 %``, which is "not seen in that arm" and not "very rare". Nothing says which
  trial a row is from, so that none is a comparator; a figure that SIDER gives for placebo as well says so in ``detail``.
- Figures of an effect become one range, and its band is that of the highest. Words beside figures are kept as wording.
  Without figures the most frequent word decides, and all are kept. ``postmarketing``, and no frequency at all, are not known.
  SIDER's columns of bounds are not read: they make "common" reach from 1 to 100 %.
- Indications are the rows that SIDER calls so, as claims, each with a warning. Preconditions are none, nor are mere
  mentions, which make renal failure a use of warfarin.
- A file that is cut off or damaged counts up to there.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from drugref.bands import BANDS
from drugref.errors import DrugrefError
from drugref.facts import cited_by
from drugref.importers.sider_files import (
    ATC,
    COLUMNS,
    EFFECTS,
    FREQUENCIES,
    INDICATIONS,
    NAMES,
    SAID_ALREADY,
    Found,
    Row,
    begins_as,
    found_files,
    gather,
    named_files,
    read_frequency,
    read_names,
)
from drugref.incidence.spelling import in_sentence
from drugref.job import Job, Report
from drugref.model import Atc, Database, Drug, Identifier, Incidence, Note, SideEffect, Source, Use
from drugref.text import name_key, slug

NAME = "sider"
LICENCE = "CC BY-NC-SA 4.0, non-commercial use only; MedDRA terms under MedDRA's own licence"
ABOUT = Database(
    name=NAME, title="SIDER 4.1: side effects and indications text-mined from labels up to 2015", version="4.1", licence=LICENCE
)

UNIT = "rows"
MANIFEST = None
SUFFIXES = (".tsv",)

SOURCES = {
    NAMES: ("sider-4-1-names", "Names of compounds, cut at the first space."),
    ATC: ("sider-4-1-atc", "ATC codes of compounds; a code may be that of a single isomer."),
    FREQUENCIES: ("sider-4-1-freq", "Frequencies found in labels by a program, without trial, dose or number of patients."),
    EFFECTS: ("sider-4-1-se", "Side effects found in labels by a program, without frequency."),
    INDICATIONS: ("sider-4-1-indications", "Indications found in labels by a program."),
}
"""Identifier and note of the source that stands for each file."""

NO_FREQUENCY = "no frequency given"
WEAK_USE = "text-mined: the label may name it only to warn or to exclude it"
MINED = (
    "Text-mined from labels up to 2015 by SIDER 4.1, which stopped there: figures may be misread or another arm's, effects and "
    "uses may be missing or wrong. For non-commercial use only (CC BY-NC-SA 4.0)."
)
CUT = "SIDER cuts names at the first space: this one seems to lack a word such as acid."


def identify(path: str) -> bool:
    """Tell whether a path is one of SIDER's files, or a folder with one, by name and by the first row; never raises."""
    try:
        return any(begins_as(table, file) for table, file in named_files(path))
    except (DrugrefError, OSError, ValueError):
        return False


def extract(paths: Sequence[str], job: Job) -> Iterator[tuple[str, Drug, dict[str, Source]]]:
    """Yield key, record and cited sources of each drug in SIDER's files, by rising key; count every row.

    Raises DrugrefError where a file cannot be opened or is there twice, and where nothing usable is.
    """
    job.version, job.report.unit = ABOUT.version, "rows"
    files = found_files(paths, job)
    names = read_names(files.pop(NAMES), job)
    found: dict[str, Found] = defaultdict(Found)
    for table, path in files.items():
        gather(table, path, names, found, job)
    sources = {SOURCES[table][0]: _source(table, job) for table in COLUMNS}
    drugs = 0
    for name in sorted(names.ids, key=slug):
        # Each name's rows go once they are counted: the database is built while this runs.
        drug = _drug(name, names.ids[name], found.pop(name, Found()), job.report)
        if drug:
            drugs += 1
            yield slug(name), drug, {key: sources[key] for key in sorted(cited_by(drug))}
    if not drugs:
        raise DrugrefError("SIDER's files hold no drug that has both a name and a side effect or use")


def _source(table: str, job: Job) -> Source:
    return Source(
        title=f"SIDER 4.1, file {table}, 2015",
        kind="database",
        locator="http://sideeffects.embl.de/",
        licence=LICENCE,
        retrieved=job.today,
        note=SOURCES[table][1],
    )


def _drug(name: str, ids: Sequence[str], found: Found, report: Report) -> Drug | None:
    """Return the record, counting the rows that it is made of, or None where the files say nothing but name and code."""
    effects = _side_effects(found, report)
    uses = _uses(found.rows[INDICATIONS], {name_key(effect.effect) for effect in effects}, report)
    plain = len(ids) + len(found.atc)
    if not effects and not uses:
        report.leave_out("a drug without side effects or uses", plain)
        return None
    report.take(plain)
    numbers = sorted(int(number[4:]) for number in ids)
    cited = (SOURCES[NAMES][0],)
    mined = {key for effect in effects for key in effect.sources}.union(*(use.sources for use in uses))
    return Drug(
        inn=name,
        identifiers=tuple(Identifier(scheme="pubchem", value=str(number), sources=cited) for number in numbers),
        atc=tuple(Atc(code=code, sources=(SOURCES[ATC][0],)) for code in sorted(found.atc)),
        uses=uses,
        side_effects=effects,
        notes=_notes(name, numbers, found, tuple(sorted(mined))),
    )


def _notes(name: str, numbers: Sequence[int], found: Found, mined: tuple[str, ...]) -> tuple[Note, ...]:
    """Return what a reader must know of the record: how it was mined, and what its name may stand for."""
    texts = [(MINED, mined)]
    if len(numbers) > 1 or len(found.stereo) > 1:
        isomers = f"; with it {', '.join(map(str, sorted(found.stereo)))}" if found.stereo else ""
        compounds = (
            f"SIDER gives one name to several compounds, united here: PubChem {', '.join(map(str, numbers))} without regard to "
            f"stereochemistry{isomers}. A fact may be that of one salt or isomer alone."
        )
        texts.append((compounds, (SOURCES[NAMES][0],)))
    if name.endswith("ic") and " " not in name:
        texts.append((CUT, (SOURCES[NAMES][0],)))
    return tuple(Note(kind="sourcing", text=text, sources=sources) for text, sources in texts)


def _chosen(rows: Iterable[Row], what: str, report: Report) -> Iterator[Row]:
    """Yield the rows whose terms stand for what the labels say; count the others, which repeat it under another term."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.concept, row.frequency].append(row)
    for group in groups.values():
        preferred = [row for row in group if row.level == "PT"]
        own = [row for row in preferred if row.number == row.concept]
        others = [row for row in group if row.level != "PT"]
        one = len({row.term for row in preferred}) == 1
        kept = own or (preferred if one or not others else others)
        for row in group:
            if row in kept:
                yield row
            elif row.level == "PT":
                report.leave_out("one of several preferred terms for the same words")
            else:
                report.leave_out(f"the same {what} as lowest level term")


class _Effect:
    """What SIDER says of one effect of one drug."""

    def __init__(self, term: str) -> None:
        self.term = term
        self.figures: dict[str, Incidence] = {}
        """By their text."""
        self.words: dict[str, str] = {}
        """Bands by word."""
        self.placebo: set[str] = set()
        """Texts of the figures that SIDER gives for placebo as well."""
        self.sources: dict[str, None] = {}
        """Sources, in order."""


def _side_effects(found: Found, report: Report) -> tuple[SideEffect, ...]:
    """Return the effects by band, falling figures and name, each once; count the rows."""
    effects: dict[str, _Effect] = {}
    for table in (FREQUENCIES, EFFECTS):
        for row in _chosen(found.rows[table], "effect", report):
            effect = effects.setdefault(name_key(row.term), _Effect(row.term))
            if _state(effect, table, row, found):
                report.take()
            else:
                report.leave_out(SAID_ALREADY)
    return tuple(sorted(map(_side_effect, effects.values()), key=_order))


def _state(effect: _Effect, table: str, row: Row, found: Found) -> bool:
    """Add what a row says to an effect; tell whether it is new."""
    source = SOURCES[table][0]
    if table == EFFECTS:
        new = source not in effect.sources
    elif isinstance(figure := read_frequency(row.frequency), Incidence):
        new = figure.text not in effect.figures
        effect.figures[figure.text] = figure
        if (row.concept, row.frequency) in found.placebo:
            effect.placebo.add(figure.text)
    else:
        new = row.frequency.lower() not in effect.words
        effect.words[row.frequency.lower()] = figure
    effect.sources[source] = None
    return new


def _side_effect(effect: _Effect) -> SideEffect:
    words = sorted(effect.words, key=lambda word: (BANDS.index(effect.words[word]), word))
    figures = sorted(effect.figures.values(), key=lambda figure: figure.reach)
    incidence = Incidence.spanning(figures) if figures else None
    doubted = [figure.text for figure in figures if figure.text in effect.placebo]
    if incidence:
        apart = [figure for figure in figures if figure != incidence and (figure.is_bound or incidence.is_bound)]
        words = [figure.text for figure in apart] + words
        band = incidence.band
    else:
        band = effect.words[words[0]] if words else "not-known"
    return SideEffect(
        effect=in_sentence(effect.term),
        band=band,  # type: ignore[arg-type] # bands.BANDS is the type's values, which mypy cannot see
        incidence=incidence,
        basis="figures" if incidence else "wording",
        wording="; ".join(words) or (None if incidence else NO_FREQUENCY),
        detail=f"SIDER gives {', '.join(doubted)} for placebo too" if doubted else None,
        sources=tuple(effect.sources),
    )


def _order(effect: SideEffect) -> tuple[int, float, str]:
    return BANDS.index(effect.band), -(effect.incidence.reach[0] if effect.incidence else 0.0), effect.effect


def _uses(rows: Iterable[Row], effects: Collection[str], report: Report) -> tuple[Use, ...]:
    """Return the indications by name, each once, with a word on those that are side effects (keys of names) as well."""
    uses: dict[str, Use] = {}
    for row in _chosen(rows, "use", report):
        key = name_key(row.term)
        if key in uses:
            report.leave_out(SAID_ALREADY)
            continue
        report.take()
        detail = f"{WEAK_USE}; SIDER lists it as a side effect too" if key in effects else WEAK_USE
        uses[key] = Use(condition=in_sentence(row.term), kind="claimed", detail=detail, sources=(SOURCES[INDICATIONS][0],))
    return tuple(sorted(uses.values(), key=lambda use: use.condition))
