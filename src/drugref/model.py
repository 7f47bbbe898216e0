"""The records of a drug database, in the field's terms. This is the schema: validation, JSON Schema and writer read it.

An attribute's docstring stands beneath it and becomes its description in the JSON Schema. Terms and bands follow
CIOMS III and EU SmPC section 4.8; names follow the WHO's INN.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from drugref.bands import band_of

SCHEMA = 2
"""Version of the database file's shape and of the JSON that drugref prints."""


@dataclass(frozen=True, slots=True)
class Form:
    """A string's form beyond being text: a pattern it matches whole, and that pattern in words."""

    pattern: str
    words: str


Id = Annotated[str, Form(r"[a-z0-9]+(-[a-z0-9]+)*", "lower-case letters, digits and single hyphens")]
Day = Annotated[str, Form(r"[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?", "a date such as 2023, 2023-05 or 2023-05-31")]
AtcCode = Annotated[str, Form(r"[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?", "an ATC code such as M03BX04")]

Band = Literal["very-common", "common", "uncommon", "rare", "very-rare", "not-known"]
SourceKind = Literal["regulator", "leaflet", "compendium", "primary", "review", "database", "encyclopedia"]
"""What a source is, from strongest to weakest."""
NameKind = Literal["synonym", "spelling", "brand", "salt", "code", "chemical"]
Scheme = Literal["unii", "cas", "rxcui", "chembl", "pubchem", "formula", "ndc"]
StatusKind = Literal[
    "approved", "restricted", "suspended", "withdrawn", "discontinued", "investigational", "not-approved", "in-use"
]
Supply = Literal["prescription", "otc", "pharmacy", "controlled", "hospital"]
Certainty = Literal["established", "probable", "uncertain", "unknown"]
UseKind = Literal["approved", "off-label", "claimed", "investigated"]
RiskType = Literal["condition", "allergy", "population", "medicine", "statement"]
Severity = Literal[
    "serious", "severe", "grade-3-4", "grade-3-5", "grade-4", "fatal", "leading-to-stopping", "leading-to-dose-change"
]
Attribution = Literal["related", "any-cause"]
Measure = Literal["patients", "per-year", "cumulative"]
Extent = Literal["whole", "part", "no"]
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
    """Share of patients in percent: ``63 %``, ``10–63 %`` (several figures), ``1 to < 10 %`` (one within), ``< 1 %``."""

    text: str
    """The figure in canonical form: en dash between several figures, one space before the sign."""
    low: float | None
    """Lowest figure in percent; None where only an upper bound is known."""
    high: float | None
    """Highest figure in percent; None where only a lower bound is known."""
    below: bool = False
    """Whether the high end lies outside, as in ``1 to < 10 %`` and ``< 1 %``."""
    top: float | None = None
    """The highest figure that is named: by it claims are sorted and bars are drawn. It follows from the others."""

    def __post_init__(self) -> None:
        """Fill in what follows."""
        if self.top is None:
            object.__setattr__(self, "top", self.high if self.high is not None else self.low)

    _NUMBER = r"(?:1 ?/ ?[\d,]+|1 in [\d,]+|\d+(?:\.\d+)?)(?: ?%)?"
    PATTERN = rf"([<>≤≥] ?)?({_NUMBER})(?:(?: ?[–-] ?| to )(< ?|≤ ?)?({_NUMBER}))?"
    WORDS = 'a percentage such as "4.5 %", "10–63 %", "< 1 %" or "1 to < 10 %"'

    @classmethod
    def parse(cls, text: str) -> "Incidence":
        """Read a figure, in percent or as ``1/100`` or ``1 in 100``; raise ValueError, saying what was expected."""
        match = re.fullmatch(cls.PATTERN, text)
        if not match or not ("%" in text or "1/" in text or "1 /" in text or "1 in " in text):
            raise ValueError(cls.WORDS)
        sign, first, within, last = (part.strip() if part else "" for part in match.groups())
        if sign and last and (sign not in "≥>" or within != "<"):
            raise ValueError(cls.WORDS)
        low = _percent(first)
        high = _percent(last) if last else low
        if high > 100 or low > high or (last and low == high):
            raise ValueError(f"{cls.WORDS}, from 0 to 100 and rising")
        if last:
            shown = f"{low:g} to < {high:g} %" if within == "<" else f"{_shown(first)}–{_shown(last)} %"
            return cls(shown, low, high, within == "<")
        shown = f"{sign} {_shown(first)} %" if sign else f"{_shown(first)} %"
        return cls(shown, None if sign in ("<", "≤") else low, None if sign in (">", "≥") else high, sign == "<")

    @classmethod
    def between(cls, lowest: "Incidence", highest: "Incidence") -> "Incidence":
        """Return the range from the low end of one figure to the high end of another, which lies above it, as printed."""
        first = re.split("–| to ", lowest.text.removesuffix(" %"))[0]
        last = re.split("–| to ", highest.text.removesuffix(" %"))[-1]
        return cls.parse(f"{first} to {last} %" if highest.below else f"{first}–{last} %")

    @classmethod
    def spanning(cls, figures: Sequence["Incidence"]) -> "Incidence":
        """Return what several figures of one effect come to: the range of all that are exact, or the bound above them all.

        >>> Incidence.spanning([Incidence.parse("12 %"), Incidence.parse("< 20 %"), Incidence.parse("3 %")]).text
        '< 20 %'
        >>> Incidence.spanning([Incidence.parse("12 %"), Incidence.parse("1 to < 10 %"), Incidence.parse("3 %")]).text
        '3–12 %'
        """
        top = max(figures, key=lambda figure: figure.reach)
        if top.is_bound or top.below:
            return top
        exact = [figure for figure in figures if not figure.is_bound and not figure.below]
        bottom = min(exact, key=lambda figure: figure.low or 0.0)
        return bottom if bottom.low == top.high else cls.between(bottom, top)

    @property
    def is_bound(self) -> bool:
        """Whether one end is open, as in ``< 1 %``."""
        return self.low is None or self.high is None

    @property
    def reach(self) -> tuple[float, bool]:
        """What figures are compared by: the highest percentage that is named, and at the same one whether it is reached."""
        return self.top or 0.0, not (self.is_bound or self.below)

    @property
    def bands(self) -> tuple[str, str]:
        """The most and the least frequent band possible: those of the ends of what is known.

        Several figures are of several trials or doses: their band is that of the highest, and it is exact.
        """
        most = "very-common" if self.high is None else band_of(self.high, exclusive=self.below)
        if self.low is not None and self.high is not None and not self.below:
            return most, most
        return most, band_of(self.low or 0.0) if self.low is not None else "very-rare"

    @property
    def band(self) -> str:
        """The most frequent band possible."""
        return self.bands[0]

    def __str__(self) -> str:
        return self.text


def _percent(number: str) -> float:
    """Return a number as a percentage: ``4.5``, ``1/100``, ``1 in 1,000``."""
    plain = number.removesuffix("%").strip().replace(" in ", "/").replace(" ", "")
    over, _, under = plain.partition("/")
    return 100 * float(over) / float(under.replace(",", "")) if under else float(plain)


def _shown(number: str) -> str:
    return f"{_percent(number):g}" if "/" in number or " in " in number else number.removesuffix("%").strip()


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
class Read:
    """What was read of a document, by the numbers or names of its sections."""

    whole: tuple[str, ...] = ()
    """Sections that were read from beginning to end."""
    part: tuple[str, ...] = ()
    """Sections of which a part was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that facts were taken from."""

    title: str
    """Document, product, holder, country and revision date as far as known."""
    kind: SourceKind
    """What it is: regulator (label, SmPC), leaflet (for patients), compendium (edited digest), primary (a study) and so on."""
    locator: str
    """Identifier or URL under which it is found: DailyMed set id, DOI, address."""
    licence: str
    """Terms under which the document itself may be used."""
    retrieved: date
    """Day on which it was read."""
    dated: Day | None = None
    """The document's own date: of its last revision or of its publication."""
    via: str | None = None
    """Of a copy, the host that it was read on; None for the document itself."""
    read: Read | None = None
    """Which of its sections were read."""
    note: str | None = None
    """Anything else: which species a study used, what could not be read."""


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
    route: str | None = None
    """Routes of administration for which it holds, such as oral or intravenous; None for all or where the source says none."""
    product: str | None = None
    """Product, form or strength for which alone it holds."""
    place: str | None = None
    """Country or region in which alone it holds."""
    population: str | None = None
    """Patients for whom alone it holds: age, sex, condition, dose."""
    detail: str | None = None
    """Anything else: line of treatment, limits."""
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
    """A claim about an adverse reaction: what, in whom, how often, compared with what. What is not said is general."""

    effect: str
    """The effect, a noun in lower case: the thesaurus's term where it has one."""
    term: str | None = None
    """The source's own word, where it is another."""
    band: Band | None = None
    """The most frequent band possible. It follows from a figure; without one it is the band that the source gives."""
    least: Band | None = None
    """The least frequent band possible; the same as the band where that is exact."""
    incidence: Incidence | None = None
    """Patients affected in the drug's arm, in percent."""
    comparator: Incidence | None = None
    """Patients affected in the comparison arm (placebo unless ``counted`` says otherwise), in percent."""
    population: str | None = None
    """Patients for whom alone it holds: age, sex, condition."""
    arms: tuple[Arm, ...] = ()
    """The figures one by one where the incidence spans those of several arms or trials."""
    basis: Literal["figures", "wording"] | None = None
    """Whether the band rests on figures (or on a band that the source defines in numbers) or on words alone."""
    wording: str | None = None
    """The source's own few words on frequency."""
    serious: bool = False
    """Whether the effect as such can kill, threaten life, need hospital, do lasting harm or a birth defect (ICH E2A)."""
    key: bool = False
    """Whether it is named in a boxed warning or among the cautions, or is serious and common; computed, never written."""
    detail: str | None = None
    """Anything else a reader should know: onset, reversibility."""
    route: str | None = None
    """Routes of administration for which it holds, such as oral or intravenous; None for all or where the source says none."""
    product: str | None = None
    """Product, form or strength for which alone it holds."""
    place: str | None = None
    """Country or region in which alone it holds."""
    dose: str | None = None
    """Dose for which alone it holds."""
    severity: Severity | None = None
    """Which degree alone was counted; None for all."""
    attribution: Attribution | None = None
    """Whether those counted were related to the drug in the source's judgement, or of any cause; None if it does not say."""
    measure: Measure | None = None
    """What the figure is of: patients (None says the same), patients per year, or patients over a long time together."""
    period: str | None = None
    """How long patients were followed, where the figure depends on it."""
    counted: str | None = None
    """Where it was counted: trial, indication, number of patients, what the comparator was."""
    sources: Sources
    """Sources of this fact."""

    def __post_init__(self) -> None:
        """Fill in what follows: the bands and the basis. What was written stays, so that a check can refuse it."""
        most, least = self.bands
        for name, value in (("band", most), ("least", least), ("basis", "figures" if self.incidence else "wording")):
            if getattr(self, name) is None:
                object.__setattr__(self, name, value)

    @property
    def bands(self) -> tuple[str, str]:
        """The most and the least frequent band possible; a rate per year gives none."""
        if self.measure == "per-year":
            return "not-known", "not-known"
        if self.incidence:
            return self.incidence.bands
        most = self.band or "not-known"
        return most, self.least or most

    @property
    def is_special(self) -> bool:
        """Whether it holds for some patients, doses or degrees alone, and so not for patients in general."""
        return bool(self.population or self.dose or self.severity or self.measure in ("per-year", "cumulative"))

    @property
    def is_not_above(self) -> bool:
        """Whether its figure does not exceed its comparator, and so is no sign that the drug did it."""
        if not (self.incidence and self.comparator):
            return False
        return self.incidence.reach[0] <= (self.comparator.low if self.comparator.low is not None else self.comparator.reach[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A contraindication or a caution: something that forbids a drug or asks for care."""

    item: str
    """The condition, allergy, population or medicine; or a label's own statement."""
    type: RiskType
    """Which of these it is; a medicine is one given at the same time, a statement was sorted by nobody."""
    route: str | None = None
    """Routes of administration for which it holds, such as oral or intravenous; None for all or where the source says none."""
    product: str | None = None
    """Product, form or strength for which alone it holds."""
    place: str | None = None
    """Country or region in which alone it holds."""
    population: str | None = None
    """Patients for whom alone it holds: age, sex, condition, dose."""
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
class Sections:
    """Which sections of a label of the drug were read for a record: whole, in part or not."""

    boxed_warning: Extent = "no"
    """Boxed warning (US); ``whole`` also where a label read whole has none."""
    contraindications: Extent = "no"
    """US section 4, EU 4.3."""
    warnings: Extent = "no"
    """US section 5, EU 4.4."""
    adverse_reactions: Extent = "no"
    """US section 6, EU 4.8."""
    interactions: Extent = "no"
    """US section 7, EU 4.5."""
    populations: Extent = "no"
    """US section 8, EU 4.6."""
    reason: str | None = None
    """Why contraindications or adverse reactions could not be read whole."""


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
    self_care: tuple[Risk, ...] = ()
    """What a pack sold without prescription tells its buyer to ask about or to stop for; advice, no contraindication."""
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
    sections: Sections | None = None
    """Which of a label's sections the record rests on; curated records only."""
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
