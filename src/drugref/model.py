"""The records of a drug database, in the field's terms. This is the schema: validation, JSON Schema and writer read it.

An attribute's docstring stands beneath it and becomes its description in the JSON Schema. Terms and bands follow
CIOMS III and EU SmPC section 4.8; names follow the WHO's INN.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from drugref.bands import band_of

SCHEMA = 1
"""Version of the database file's shape and of the JSON that drugref prints."""


@dataclass(frozen=True, slots=True)
class Form:
    """A string's form beyond being text: a pattern it matches whole, and that pattern in words."""

    pattern: str
    words: str


Id = Annotated[str, Form(r"[a-z0-9]+(-[a-z0-9]+)*", "lower-case letters, digits and single hyphens")]
AtcCode = Annotated[str, Form(r"[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?", "an ATC code such as M03BX04")]

Band = Literal["very-common", "common", "uncommon", "rare", "very-rare", "not-known"]
SourceKind = Literal["regulator", "primary", "review", "database", "encyclopedia"]
NameKind = Literal["synonym", "spelling", "brand", "salt", "code", "chemical"]
Scheme = Literal["unii", "cas", "rxcui", "chembl", "pubchem", "formula"]
StatusKind = Literal[
    "approved", "restricted", "suspended", "withdrawn", "discontinued", "investigational", "not-approved", "in-use"
]
Supply = Literal["prescription", "otc", "pharmacy", "controlled", "hospital"]
Certainty = Literal["established", "probable", "uncertain", "unknown"]
UseKind = Literal["approved", "off-label", "claimed", "investigated"]
RiskType = Literal["condition", "allergy", "population", "medicine", "statement"]
NoteKind = Literal["boxed-warning", "conflict", "sourcing", "note"]
ProductKind = Literal["prescription", "otc", "homeopathic", "cosmetic", "sunscreen", "other"]
TextPart = Literal[
    "mechanism", "uses", "dosage", "side-effects", "contraindications", "cautions", "interactions", "pregnancy", "overdose",
    "pharmacokinetics",
]  # fmt: skip
Parameter = Literal[
    "bioavailability", "time-to-peak", "half-life", "protein-binding", "volume-of-distribution", "metabolism", "excretion",
    "onset", "duration",
]  # fmt: skip
Sources = tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Incidence:
    """Share of patients, in percent, as a source prints it: ``63 %``, ``10–63 %``, ``< 1 %``, ``≥ 10 %``."""

    text: str
    """The figure in canonical form: en dash in ranges, one space before the sign."""
    low: float | None
    """Lowest figure in percent; None where only an upper bound is known."""
    high: float | None
    """Highest figure in percent; None where only a lower bound is known."""

    PATTERN = r"([<>≤≥] ?)?(\d+(\.\d+)?)([–-](\d+(\.\d+)?))? ?%"
    WORDS = 'a percentage such as "4.5 %", "10–63 %" or "< 1 %"'

    @classmethod
    def parse(cls, text: str) -> "Incidence":
        """Read a figure; raise ValueError, saying what was expected, if it has another form or cannot be."""
        match = re.fullmatch(cls.PATTERN, text)
        if not match or (match[1] and match[4]):
            raise ValueError(cls.WORDS)
        sign, first, last = (match[1] or "").strip(), match[2], match[5]
        low, high = float(first), float(last or first)
        if high > 100 or low > high or (last and low == high):
            raise ValueError(f"{cls.WORDS}, from 0 to 100 and rising")
        shown = f"{sign} {first} %" if sign else f"{first}–{last} %" if last else f"{first} %"
        return cls(shown, None if sign in ("<", "≤") else low, None if sign in (">", "≥") else high)

    @classmethod
    def between(cls, lowest: "Incidence", highest: "Incidence") -> "Incidence":
        """Return the range from the low end of one figure to the high end of another, which lies above it, as printed."""
        first, last = (figure.text.removesuffix(" %").split("–") for figure in (lowest, highest))
        return cls.parse(f"{first[0]}–{last[-1]} %")

    @property
    def band(self) -> str:
        """The frequency band of the highest figure."""
        if self.high is None:
            return band_of(self.low or 0.0)
        return band_of(self.high, exclusive=self.text.startswith("<"))

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured quantity as a source prints it: ``3.75 h``, ``3–4 h``, ``1.5 ± 0.4 L/kg``, ``> 99 %``."""

    text: str
    """The figure in canonical form: en dash in ranges, one space before the unit."""
    low: float | None
    """Lowest figure; None where only an upper bound is known. With a spread, the mean."""
    high: float | None
    """Highest figure; None where only a lower bound is known. With a spread, the mean."""
    unit: str
    """Unit as in the text; figures are never converted."""

    UNITS = ("%", "s", "min", "h", "days", "weeks", "months", "mL", "L", "mL/kg", "L/kg", "mL/min", "L/h")
    PATTERN = (
        r"([<>≤≥] ?)?(\d+(?:\.\d+)?)(?:[–-](\d+(?:\.\d+)?)| ?± ?(\d+(?:\.\d+)?))? ?"
        r"(%|s|min|h|days|weeks|months|mL|L|mL/kg|L/kg|mL/min|L/h)"
    )
    WORDS = 'a figure with its unit such as "3–4 h", "> 99 %" or "1.5 ± 0.4 L/kg"'

    @classmethod
    def parse(cls, text: str) -> "Quantity":
        """Read a quantity; raise ValueError, saying what was expected, if it has another form or cannot be."""
        match = re.fullmatch(cls.PATTERN, text)
        if not match or (match[1] and (match[3] or match[4])):
            raise ValueError(cls.WORDS)
        sign, first, last, spread, unit = (match[1] or "").strip(), match[2], match[3], match[4], match[5]
        low, high = float(first), float(last or first)
        if low > high or (last and low == high):
            raise ValueError(f"{cls.WORDS}, rising")
        shown = f"{sign} {first}" if sign else f"{first}–{last}" if last else f"{first} ± {spread}" if spread else first
        return cls(f"{shown} {unit}", None if sign in ("<", "≤") else low, None if sign in (">", "≥") else high, unit)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that facts were taken from."""

    title: str
    """Document, product, holder, country and revision date as far as known."""
    kind: SourceKind
    """What it is, from strongest to weakest: regulator (label, SmPC), primary (a study), review, database, encyclopedia."""
    locator: str
    """Identifier or URL under which it is found: DailyMed set id, DOI, address."""
    licence: str
    """Terms under which the document itself may be used."""
    retrieved: date
    """Day on which it was read."""
    note: str | None = None
    """What was read of it, which species a study used, of what it is a mirror."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name other than the INN."""

    name: str
    """The name as written by whoever gives it."""
    kind: NameKind
    """synonym, spelling (UK, US or older), brand, salt, code (of a developer) or chemical."""
    where: str | None = None
    """Country or region in which the name is used."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number or formula under which other databases know the substance."""

    scheme: Scheme
    """Which register the value belongs to."""
    value: str
    """The identifier as that register writes it."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugClass:
    """The pharmacological class, as a path."""

    path: tuple[str, ...]
    """Classes from broad to narrow, plural nouns."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Atc:
    """A code of the WHO's Anatomical Therapeutic Chemical classification."""

    code: AtcCode
    """The code, most often of seven characters."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How a drug stands with a regulator, or in use, somewhere."""

    status: StatusKind
    """How it stands; in-use where a source says that it is used but names no approval."""
    where: str
    """Country or region."""
    supply: Supply | None = None
    """How it may be obtained there."""
    detail: str | None = None
    """Year, reason, formulation, limits."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The drug in one sentence."""

    text: str
    """What it is and what for."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """How a drug acts, in words."""

    text: str
    """The mechanism of action."""
    certainty: Certainty
    """How sure the sources are of it."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A molecular target."""

    target: str
    """Receptor, enzyme, channel or transporter."""
    action: str
    """agonist, antagonist, inhibitor and so on."""
    detail: str | None = None
    """Species, selectivity, doubts."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A condition a drug is used for (indication, if approved)."""

    condition: str
    """The condition treated."""
    kind: UseKind
    """approved, off-label, claimed (by a weak source alone) or investigated."""
    detail: str | None = None
    """Country, population, form, limits."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """What was counted in one arm of one trial, as a label's table gives it."""

    population: str
    """Dose, trial, indication, number of patients: what the column and the table say of themselves."""
    incidence: Incidence
    """Patients affected in this arm, in percent."""
    comparator: Incidence | None = None
    """Patients affected in the comparison arm (placebo unless population says otherwise), in percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideEffect:
    """An adverse reaction with its frequency."""

    effect: str
    """The effect, a noun in lower case."""
    band: Band
    """Frequency band; with an incidence, the band of its highest figure."""
    incidence: Incidence | None = None
    """Patients affected in the drug's arm, in percent."""
    comparator: Incidence | None = None
    """Patients affected in the comparison arm (placebo unless population says otherwise), in percent."""
    population: str | None = None
    """Who was counted: dose, trial, indication, route."""
    arms: tuple[Arm, ...] = ()
    """The figures one by one where the incidence spans those of several arms or trials."""
    basis: Literal["figures", "wording"]
    """Whether the band rests on figures (or on a band that the source defines in numbers) or on words alone."""
    wording: str | None = None
    """The source's own few words on frequency."""
    serious: bool = False
    """Whether it can kill or disable, needs hospital, or is called serious by the source (ICH E2A)."""
    detail: str | None = None
    """Anything else a reader should know: onset, dose, reversibility."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A contraindication or a caution: something that forbids a drug or asks for care."""

    item: str
    """The condition, allergy, population or medicine; or a label's own statement."""
    type: RiskType
    """Which of these it is; a medicine is one given at the same time, a statement was sorted by nobody."""
    detail: str | None = None
    """Degree, reason, what to do."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pharmacokinetic:
    """A parameter of what the body does to the drug: a figure, words, or both."""

    parameter: Parameter
    """Which parameter."""
    value: Quantity | None = None
    """The figure, with its range or spread and its unit."""
    text: str | None = None
    """What a figure cannot say: enzymes, active metabolites, ways of excretion."""
    population: str | None = None
    """Whom it was measured in: route, form, age, organ impairment; species, if not man."""
    detail: str | None = None
    """Anything else a reader should know."""
    sources: Sources
    """Sources of this fact."""

    @property
    def said(self) -> str:
        """Figure and words in one."""
        return "; ".join(part for part in (self.value and self.value.text, self.text) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a reader must know about the drug or about the record."""

    kind: NoteKind
    """boxed-warning (US label), conflict (sources disagree), sourcing (weak sources) or note."""
    text: str
    """The note; of a conflict, which claim is preferred and why."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """The labels that an imported record was made of."""

    kind: ProductKind
    """What is sold under them; homeopathic, cosmetic and sunscreen are imported on request alone."""
    labels: int
    """Labels of these ingredients; the most complete and newest of them speaks for all."""
    ingredients: tuple[str, ...]
    """Active ingredients, as the labels name them."""
    routes: tuple[str, ...] = ()
    """Routes of administration."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A section of a label, kept as the text that it is."""

    part: TextPart
    """The part that it belongs to."""
    title: str | None = None
    """Its heading."""
    text: tuple[str, ...]
    """Its paragraphs."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """One drug: who it is and its parts, each fact with its sources."""

    inn: str
    """International nonproprietary name (USAN where there is no INN), in lower case."""
    names: tuple[Name, ...] = ()
    """Other names."""
    identifiers: tuple[Identifier, ...] = ()
    """Identifiers in other registers."""
    drug_class: DrugClass | None = None
    """Pharmacological class; written ``class`` in files."""
    atc: tuple[Atc, ...] = ()
    """ATC codes."""
    status: tuple[Status, ...] = ()
    """Regulatory status by country or region."""
    summary: Summary | None = None
    """One sentence on the drug."""
    mechanism: tuple[Mechanism, ...] = ()
    """Mechanism of action, in words."""
    targets: tuple[Target, ...] = ()
    """Molecular targets."""
    uses: tuple[Use, ...] = ()
    """Conditions it is used for."""
    side_effects: tuple[SideEffect, ...] = ()
    """Adverse reactions, by band and then by seriousness."""
    contraindications: tuple[Risk, ...] = ()
    """What forbids the drug."""
    cautions: tuple[Risk, ...] = ()
    """What asks for care; never mixed with contraindications."""
    pharmacokinetics: tuple[Pharmacokinetic, ...] = ()
    """Absorption, distribution, metabolism and excretion."""
    product: Product | None = None
    """Of an imported record, the labels behind it."""
    texts: tuple[Passage, ...] = ()
    """Of an imported record, the label's sections that are kept as text."""
    related: tuple[str, ...] = ()
    """INNs of drugs to look at as well; the editors' choice, hence without sources."""
    notes: tuple[Note, ...] = ()
    """Boxed warnings, conflicts between sources, weak sourcing, other remarks."""
    reviewed: date | None = None
    """Day on which a second reader last checked the record against its sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """What a database says of itself."""

    name: str
    """Short name, shown where a record comes from."""
    title: str
    """One line on what it holds."""
    version: str
    """Version of the data."""
    licence: str
    """Licence of the data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A database file."""

    schema: int
    """Version of the file's shape: 1."""
    database: Database
    """What the database says of itself."""
    sources: dict[Id, Source]
    """Sources by the identifier that facts name."""
    drugs: dict[Id, Drug]
    """Drugs by their INN as a key: lower case, spaces as hyphens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of the thesaurus: words that mean the same to somebody who looks something up."""

    term: str
    """The preferred word, as records write it."""
    kinds: tuple[Literal["effect", "condition", "population", "medicine"], ...]
    """What the term can be: a side effect, a condition treated or forbidding, a population, a group of medicines."""
    synonyms: tuple[str, ...] = ()
    """Other words for the same."""
    narrower: tuple[str, ...] = ()
    """Terms that a search for this one finds as well, not the other way round; of a group of medicines, its members."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusable:
    """Names of medicines that are known to be mistaken for each other by eye or ear."""

    names: tuple[str, ...]
    """The names, in lower case."""
    tall_man: tuple[str, ...] = ()
    """The same names in tall-man letters as the source writes them, in the same order; else all that differs is shown so."""
    sources: Sources
    """Sources of this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The file of words: the thesaurus of effects and conditions, and the names that are mistaken for each other."""

    schema: int
    """Version of the file's shape: 1."""
    confusable: tuple[Confusable, ...] = ()
    """Sets of names that are mistaken for each other."""
    sources: dict[Id, Source]
    """Sources by the identifier that entries name."""
    terms: dict[Id, Term]
    """Terms by their preferred word as a key."""


KEYS: dict[str, str] = {"drug_class": "class"}
"""Attributes whose key in files and JSON is another word (``class`` is Python's own)."""


def key_of(attribute: str) -> str:
    """Return the key of an attribute in files and in JSON."""
    return KEYS.get(attribute, attribute)
