"""From a label to a record: its sections become the parts of a drug, its figures side effects, and the rest stays text."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from drugref.incidence.figures import Figure
from drugref.incidence.tables.grid import GridError, grid_of
from drugref.job import Job
from drugref.labels.conflicts import disagreeing
from drugref.labels.effects import side_effects
from drugref.labels.grouping import Group
from drugref.labels.incidence import read_sections
from drugref.labels.judging import Part, certainty_of, is_limit, refused, states_none
from drugref.labels.kinetics import parameters
from drugref.labels.label import Ingredient, Item, Label, Paragraph, Section, Table, written_day
from drugref.labels.statements import LONGEST, Statement, bare, headed, statements
from drugref.lexicon.patterns import either
from drugref.lexicon.salts import METALS, NO_DRUG_ALONE, SALTS, WATER
from drugref.model import (
    Drug,
    DrugClass,
    Identifier,
    Mechanism,
    Name,
    Note,
    Passage,
    Pharmacokinetic,
    Product,
    Risk,
    Source,
    Status,
    Supply,
    TextPart,
    Use,
    UseKind,
)  # fmt: skip
from drugref.text import clean, name_key, slug


class Origin(NamedTuple):
    """The publisher's files that labels come from."""

    key: str
    """Identifier of the source that they are as a whole."""
    source: Source
    """The source itself."""
    locator: str
    """What the locator of a label's own source begins with."""


@lru_cache(1 << 10)
def inn_of(ingredients: tuple[Ingredient, ...]) -> str:
    """Return the name of a record: the ingredients' names in lower case and alphabetical order, without water of crystals.

    It is empty if that leaves nothing that a record could be called.

    >>> inn_of((Ingredient("LISINOPRIL DIHYDRATE"), Ingredient("Hydrochlorothiazide")))
    'hydrochlorothiazide / lisinopril'
    """
    names = sorted({_HYDRATE.sub("", clean(ingredient.name).lower()).strip(" ,") for ingredient in ingredients} - {""})
    inn = " / ".join(names)
    return inn if slug(inn) else ""


_HYDRATE = re.compile(rf",?\s+(?:{either(WATER)}|unspecified form)\b")
_SALT = re.compile(rf"^(?P<base>.+?)\s+{either(SALTS, METALS)}$")
_NO_BASE = frozenset(NO_DRUG_ALONE)


def base_of(name: str) -> str:
    """Return the name of a substance without its salt, or "" where it has none that may be left off.

    >>> base_of("tizanidine hydrochloride"), base_of("potassium citrate"), base_of("hydrocortisone acetate")
    ('tizanidine', '', '')
    """
    match = _SALT.match(name)
    words = match["base"].split() if match else []
    return match["base"] if match and words[-1] not in _NO_BASE and not _NO_BASE & set(words) else ""


def record_of(
    label: Label, group: Group, origin: Origin, job: Job, others: Iterable[Label] = ()
) -> tuple[str, Drug, dict[str, Source]]:
    """Return the record of a group's best label as an entry of a database, and count in the job's report what was in doubt.

    ``others`` are further labels of the group; where they contradict it, the record says so.
    """
    cited = _key(label, origin)
    sources = {cited: _source(label, origin, job), origin.key: origin.source}
    mine, whole = (cited,), (origin.key,)
    inn = inn_of(label.ingredients)
    reader = _Reader(label, mine)
    for section in label.sections:
        reader.read(section)
    reading = read_sections(label.sections, known_names(label))
    job.report.doubts.update(reading.doubts)
    conflicts = []
    for other, differing in disagreeing(label, reading.figures, others, _figures):
        sources[_key(other, origin)] = _source(other, origin, job)
        text = f"another label for the same ingredients has other figures: {'; '.join(differing)}"
        conflicts.append(Note(kind="conflict", text=text, sources=(cited, _key(other, origin))))
    drug = Drug(
        inn=inn,
        names=tuple(_names(inn, label, group.brands, mine, whole)),
        identifiers=tuple(_identifiers(label, group.codes, mine, whole)),
        drug_class=DrugClass(path=("; ".join(label.classes),), sources=mine) if label.classes else None,
        status=(_status(label, mine),),
        mechanism=(*reader.mechanism, *_actions(label, mine)),
        uses=tuple(reader.uses.values()),
        side_effects=side_effects(reading.figures, reading.worded, mine),
        contraindications=tuple(reader.contraindications.values()),
        cautions=tuple(reader.cautions.values()),
        pharmacokinetics=tuple(reader.pharmacokinetics.values()),
        product=Product(
            kind=label.kind,
            labels=group.labels,
            ingredients=tuple(clean(ingredient.name) for ingredient in label.ingredients),
            routes=label.routes,
            sources=mine,
        ),
        texts=tuple(reader.texts),
        notes=(*reader.notes, *conflicts),
    )
    used = {
        source for fact in (drug.names, drug.identifiers, drug.texts, drug.notes) for entry in fact for source in entry.sources
    } | {cited}
    return slug(inn), drug, {key: source for key, source in sources.items() if key in used}


def _key(label: Label, origin: Origin) -> str:
    return slug(f"spl-{label.set_id}") if label.set_id else origin.key


def _figures(label: Label) -> list[Figure]:
    return read_sections(label.sections, known_names(label)).figures


def known_names(label: Label) -> tuple[str, ...]:
    """Return the names by which a label may call its own drug, in lower case."""
    own = (*label.brands, *label.generics, *(ingredient.name for ingredient in label.ingredients))
    names = (name for entry in own for name in (clean(entry).lower(), base_of(clean(entry).lower())))
    return tuple(dict.fromkeys(name for name in names if name))


def _source(label: Label, origin: Origin, job: Job) -> Source:
    parts = [label.title or (label.brands[0] if label.brands else "label"), label.maker and f"({label.maker})"]
    about = [clean(" ".join(filter(None, parts)))[:200], "United States"]
    about += [f"version {label.version}"] if label.version else []
    day = written_day(label.date)
    about += [f"effective {day}"] if day else []
    return Source(
        title=f"US label: {', '.join(about)}",
        kind="regulator",
        locator=f"{origin.locator} {label.set_id}" if label.set_id else origin.source.locator,
        licence=origin.source.licence,
        retrieved=job.today,
        dated=day or None,
        note=f"as in {origin.source.title}",
    )


def _names(inn: str, label: Label, brands: tuple[str, ...], mine: tuple[str], whole: tuple[str]) -> Iterator[Name]:
    seen = {name_key(inn), ""}

    def claim(name: str) -> bool:
        key = name_key(name)
        if key in seen or len(name) > _LONGEST_NAME:
            return False
        seen.add(key)
        return True

    if " / " not in inn and claim(base := base_of(inn)):
        yield Name(name=base, kind="synonym", sources=mine)
    for generic in map(clean, label.generics):
        if claim(generic.lower()):
            yield Name(name=generic.lower(), kind="synonym", sources=mine)
    own = {name_key(brand) for brand in label.brands}
    for brand in map(clean, (*label.brands, *brands)):
        if claim(brand):
            yield Name(name=brand, kind="brand", where="United States", sources=mine if name_key(brand) in own else whole)


_LONGEST_NAME = 80


def _identifiers(label: Label, codes: tuple[str, ...], mine: tuple[str], whole: tuple[str]) -> Iterator[Identifier]:
    if len(label.ingredients) == 1 and label.ingredients[0].unii:
        yield Identifier(scheme="unii", value=label.ingredients[0].unii, sources=mine)
    for code in codes:
        yield Identifier(scheme="ndc", value=code, sources=mine if code in label.codes else whole)


_APPROVED = re.compile(r"^(?:NDA|ANDA|BLA)", re.IGNORECASE)


def _status(label: Label, mine: tuple[str]) -> Status:
    approved = bool(_APPROVED.match(label.approval))
    supply: dict[str, Supply] = {"prescription": "prescription", "otc": "otc"}
    return Status(
        status="approved" if approved else "in-use",
        where="United States",
        supply=supply.get(label.kind),
        detail=clean(label.approval) or "marketed; its label does not say under what approval",
        sources=mine,
    )


def _actions(label: Label, mine: tuple[str]) -> Iterator[Mechanism]:
    if label.actions:
        text = f"FDA's classes of mechanism: {'; '.join(label.actions)}"
        yield Mechanism(text=text, certainty="established", sources=mine)


class _Reader:
    """The parts of a drug as they come out of a label's sections."""

    def __init__(self, label: Label, mine: tuple[str]) -> None:
        self._mine = mine
        self._names = known_names(label)
        self._alone = len(label.ingredients) == 1
        """Whether what is told of the substance is of the drug, and not of one of several."""
        approved = bool(_APPROVED.match(label.approval)) or label.kind in ("prescription", "otc")
        self._otc = label.kind != "prescription"
        self._use: UseKind = "approved" if approved else "claimed"
        self.mechanism: list[Mechanism] = []
        self.uses: dict[str, Use] = {}
        self.contraindications: dict[str, Risk] = {}
        self.cautions: dict[str, Risk] = {}
        self.pharmacokinetics: dict[str, Pharmacokinetic] = {}
        self.texts: list[Passage] = []
        self.notes: list[Note] = []

    def read(self, section: Section, above: tuple[str, ...] = ()) -> None:
        """Take a section, and those below it, into the parts that they belong to."""
        work = getattr(self, f"_{section.part.replace('-', '_')}", None) if section.part else None
        if work:
            work(section, above)
        headings = (*above, section.title) if section.title else above
        for inner in section.sections:
            self.read(inner._replace(part=inner.part or section.part), headings)

    def _refused(self, part: Part, statement: Statement) -> str | None:
        return refused(part, statement.lead or "", statement.text, listed=statement.listed or self._otc)

    def _keep(self, part: TextPart, section: Section, above: tuple[str, ...]) -> None:
        """Keep a section's own text, all of it: without some of its sentences it would say something else."""
        if kept := tuple(running(section)):
            title = clean(section.title or next(reversed(above), "")) or None
            self.texts.append(Passage(part=part, title=title, text=kept, sources=self._mine))

    def _mechanism(self, section: Section, above: tuple[str, ...]) -> None:
        text = " ".join(running(section))
        if text and len(text) <= _LONGEST_MECHANISM:
            self.mechanism.append(Mechanism(text=text, certainty=certainty_of(text), sources=self._mine))
        else:
            self._keep("mechanism", section, above)

    def _uses(self, section: Section, above: tuple[str, ...]) -> None:
        found, rest = statements(section, self._names)
        limits = any(map(is_limit, (*above, section.title)))
        for statement in found:
            if limits or self._refused("uses", statement):
                rest.append(statement.text)
            else:
                use = Use(condition=_FOR.sub("", statement.text), kind=self._use, detail=statement.detail, sources=self._mine)
                self.uses.setdefault(name_key(use.condition), use)
        title = bare(section.title)
        if above and title and not limits and len(title) <= LONGEST:
            self.uses.setdefault(name_key(title), Use(condition=title, kind=self._use, sources=self._mine))
        if rest:
            self._keep("uses", section, above)
            if self.uses:
                self._says_more("uses")

    def _contraindications(self, section: Section, above: tuple[str, ...]) -> None:
        self._risks("contraindications", self.contraindications, section, above)

    def _cautions(self, section: Section, above: tuple[str, ...]) -> None:
        for block in section.blocks:
            for statement in headed(block.text) if isinstance(block, Paragraph) else ():
                risk = Risk(item=statement.text, type="statement", detail=statement.detail, sources=self._mine)
                self.cautions.setdefault(name_key(risk.item), risk)
        self._risks("cautions", self.cautions, section, above)

    def _risks(
        self, part: Literal["contraindications", "cautions"], held: dict[str, Risk], section: Section, above: tuple[str, ...]
    ) -> None:
        found, rest = statements(section, self._names)
        if above and (title := bare(section.title)) and len(title) <= LONGEST:
            held.setdefault(name_key(title), Risk(item=title, type="statement", sources=self._mine))
            self._keep(part, section, above)  # what stands under a heading is read under it, whole
            return
        if part == "contraindications" and found and not rest and all(states_none(statement.text) for statement in found):
            held.setdefault(name_key(NONE_STATED), Risk(item=NONE_STATED, type="statement", sources=self._mine))
            return
        for statement in found:
            if self._refused(part, statement):
                rest.append(statement.text)
                continue
            risk = Risk(item=statement.text, type="statement", detail=statement.detail, sources=self._mine)
            held.setdefault(name_key(risk.item), risk)
        if rest:
            self._keep(part, section, above)
            if part == "contraindications" and held:
                self._says_more("contraindications")

    def _says_more(self, what: str) -> None:
        """Say that a list is not whole, so that nobody takes it for all that the label says."""
        text = f"some of the label's {what} stand in its text alone"
        if not any(note.text == text for note in self.notes):
            self.notes.append(Note(kind="note", text=text, sources=self._mine))

    def _interactions(self, section: Section, above: tuple[str, ...]) -> None:
        if above and (title := bare(section.title)) and len(title) <= LONGEST:
            risk = Risk(item=title, type="statement", detail="under drug interactions", sources=self._mine)
            self.cautions.setdefault(name_key(title), risk)
        self._keep("interactions", section, above)

    def _dosage(self, section: Section, above: tuple[str, ...]) -> None:
        self._keep("dosage", section, above)

    def _pregnancy(self, section: Section, above: tuple[str, ...]) -> None:
        self._keep("pregnancy", section, above)

    def _overdose(self, section: Section, above: tuple[str, ...]) -> None:
        self._keep("overdose", section, above)

    def _pharmacokinetics(self, section: Section, above: tuple[str, ...]) -> None:
        told = (block.text for block in section.blocks if not isinstance(block, Table))
        for fact in parameters(told, self._names, self._mine) if self._alone else ():
            self.pharmacokinetics.setdefault(fact.parameter, fact)
        self._keep("pharmacokinetics", section, above)

    def _side_effects(self, section: Section, above: tuple[str, ...]) -> None:
        self._keep("side-effects", section, above)

    def _boxed_warning(self, section: Section, above: tuple[str, ...]) -> None:
        text = " ".join([*([section.title] if section.title else []), *running(section)])
        if text := clean(text):
            self.notes.append(Note(kind="boxed-warning", text=text, sources=self._mine))


NONE_STATED = "none: the label states that there are no contraindications"
"""The item of a label whose section on contraindications says that there are none."""
_LONGEST_MECHANISM = 1500
"""Characters of a mechanism that is read as one; longer sections stay text."""
_FOR = re.compile(r"^.{0,160}?\bindicated for (?:the )?(?=.{10})", re.IGNORECASE)
"""What stands before a condition and says no more than that it is an indication."""


def running(section: Section) -> list[str]:
    """Return a section's own text, a paragraph each; of a table, its rows."""
    paragraphs: list[str] = []
    for block in section.blocks:
        if isinstance(block, Table):
            paragraphs += _rows(block)
        elif isinstance(block, Item):
            paragraphs.append(f"• {block.text}")
        else:
            paragraphs += _NUMBERED.split(block.text)
    return [text for paragraph in paragraphs if (text := clean(paragraph))]


def _rows(table: Table) -> Iterator[str]:
    """Yield a table's caption, its rows with a bar between cells, and its footnotes."""
    try:
        grid = grid_of(table.element)
    except GridError:
        yield " ".join(table.element.itertext())
        return
    yield grid.caption
    for number, row in enumerate((*grid.head, *grid.body)):
        yield " | ".join(cell.text for column, cell in enumerate(row) if (cell.row, cell.column) == (number, column))
    yield from grid.notes


_NUMBERED = re.compile(r"\s+(?=\d{1,2}\.\d{1,2}\s+[A-Z][a-z])")
"""Where a flattened section has the heading of the next one below it."""
