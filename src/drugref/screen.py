"""A list of medicines and conditions held against the records: what is recorded that applies, and what was not checked.

Nothing here says that a combination is safe; that nothing was found is said together with what was not looked at.
"""

from drugref import query
from drugref.partners import BROADER, Medley, Partner, Recorded, Via, meets, risks
from drugref.parts import LABEL_TEXT, NOTHING_KIND
from drugref.vocabulary import BELOW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from drugref.patient import Asked

NOT_CHECKED = "not-checked"
"""Finding that is none: what the screen could not look at."""
ONLY_IF = "only-if"
"""Finding of a risk that is recorded for something narrower than what was asked about."""
SHARED = "shared-effect"
UNKNOWN = "unknown drug: held against the records of the others as the word that it is, and nothing more"
KINDS = ("contraindication", "caution", ONLY_IF, "same-drug", "same-class", SHARED, NOT_CHECKED)
"""Findings in the order in which they are told."""


class Finding:
    """One thing that applies, or that was not checked."""

    __slots__ = ("detail", "drug", "finding", "item", "other", "sources", "via", "weight")

    def __init__(
        self, finding: str, drug: str, other: str, detail: str, sources: "Iterable[str]" = (), item: str = "",
        via: Via | None = None, weight: int = 0,
    ) -> None:  # fmt: skip
        self.finding = finding
        """One of ``KINDS``."""
        self.drug = drug
        """INN of the drug whose record says it."""
        self.other = other
        """The condition, or the other drug or drugs, that it applies to."""
        self.detail = detail
        """What is recorded, in the record's words."""
        self.sources = tuple(sources)
        """Sources of the fact."""
        self.item = item
        """Of a contraindication or caution, the item as recorded, with which the detail begins."""
        self.via = via.words if via else ""
        """The group that it rests on; "" if the record names what it applies to."""
        self.weight = weight + (via is not None and not via.named)
        """Place among findings of its kind: those by name before those by a group, those for something broader last."""


def screen(partners: "list[Partner]", conditions: "list[Asked]", medley: Medley) -> "list[Finding]":
    """Return every recorded contraindication and caution that applies to medicines taken together under some conditions.

    A medicine without a record is held against the records of the others. Contraindications come first, then cautions, what
    applies only under a narrower condition, classes, and last what was not checked.
    """
    recorded = {id(partner): list(risks(query.facts("contraindications", partner.found, query.Filter())))
                for partner in partners if partner.found}  # fmt: skip
    found = [
        finding
        for partner in partners
        for risk in recorded.get(id(partner), ())
        for finding in _findings(risk, partners, conditions, medley)
    ]
    found.sort(key=lambda finding: (KINDS.index(finding.finding), finding.weight))
    pages = [(partner, _long(partner.found)) for partner in partners if partner.found]
    return [
        *found,
        *_named_twice(partners),
        *_same_class(pages),
        *_not_checked(partners, pages, recorded, conditions, found, medley),
    ]


def _findings(risk: Recorded, partners: "list[Partner]", conditions: "list[Asked]", medley: Medley) -> "Iterator[Finding]":
    said = f"{risk.item} – {risk.detail}" if risk.detail else risk.item
    for partner in partners:
        if via := meets(risk, partner, medley):
            yield Finding(risk.kind, risk.drug, partner.text, said, risk.sources, risk.item, via)
    if not conditions:
        return
    from drugref.patient import applies  # patterns cost, and without a condition there is none to read

    for asked in conditions:
        how, via = applies(risk, asked, medley) or (0, None)
        if how == BELOW:
            detail = f"{risk.kind} only if {risk.item}" + (f" – {risk.detail}" if risk.detail else "")
            yield Finding(ONLY_IF, risk.drug, asked.text, detail, risk.sources, risk.item, via, risk.kind != "contraindication")
        elif how:
            remark = f" (recorded for a broader term than {asked.text})" if how == BROADER else ""
            yield Finding(risk.kind, risk.drug, asked.text, said + remark, risk.sources, risk.item, via, 2 * bool(remark))


def _named_twice(partners: "list[Partner]") -> "Iterator[Finding]":
    """Yield a finding for each medicine that is a part of another."""
    for partner in partners:
        for other in partners:
            if other.inn in partner.parts or (other is not partner and other.parts and set(other.parts) < set(partner.parts)):
                yield Finding("same-drug", other.text, partner.text, f"{other.text} is a part of {partner.text}")


def _long(found: query.Found) -> "list[list[str]]":
    """Return the rows of a record's page that tell of its class, or of what it lacks."""
    marks = ("\tclass\t", "\tnote\t", f"\t{NOTHING_KIND}\t", f"\t{LABEL_TEXT}\t")
    return [row.split("\t") for row in query.long_form(found).split("\n") if any(mark in row for mark in marks)]


def _same_class(pages: "list[tuple[Partner, list[list[str]]]]") -> "Iterator[Finding]":
    by_class: dict[str, list[tuple[str, str]]] = {}
    for partner, rows in pages:
        for row in rows:
            if row[1] == "class":
                by_class.setdefault(row[3].rsplit(" > ", 1)[-1], []).append((partner.text, row[5]))
    for name, (first, *others) in by_class.items():
        if others:
            sources = dict.fromkeys(source for _, cited in (first, *others) for source in cited.split("; "))
            yield Finding("same-class", first[0], ", ".join(inn for inn, _ in others), name, sources)


def _not_checked(
    partners: "list[Partner]", pages: "list[tuple[Partner, list[list[str]]]]", recorded: "dict[int, list[Recorded]]",
    conditions: "list[Asked]", found: "list[Finding]", medley: Medley,
) -> "Iterator[Finding]":  # fmt: skip
    for partner in partners:
        if not partner.found:
            yield Finding(NOT_CHECKED, partner.text, "", _lacking(partner))
    for partner, rows in pages:
        nothing = [row[1] for row in rows if row[2] == NOTHING_KIND and row[1] in ("contraindications", "cautions")]
        if nothing:
            yield Finding(NOT_CHECKED, partner.text, "", f"nothing recorded: {', '.join(nothing)}")
        if unread := dict.fromkeys(row[1] for row in rows if row[2] == LABEL_TEXT):
            yield Finding(NOT_CHECKED, partner.text, "", f"a label's text, which was not screened: {', '.join(unread)}")
        for row in rows:
            if row[1] == "note" and row[2] == "sourcing":
                yield Finding(NOT_CHECKED, partner.text, "", f"record may be incomplete: {row[3]}")
        vague = [risk.item for risk in recorded[id(partner)] if risk.type == "medicine" and medley.is_vague(risk)]
        if vague:
            yield Finding(
                NOT_CHECKED, partner.text, "", f"recorded, but not of a medicine or group that is known: {'; '.join(vague)}"
            )
    for asked in conditions:
        met = {finding.drug for finding in found if finding.other == asked.text}
        without = [partner.text for partner, _ in pages if partner.text not in met]
        if without:
            unknown = "" if asked.known else "; the thesaurus does not know it, check its spelling"
            detail = f"no recorded contraindication or caution matched this condition{unknown}"
            yield Finding(NOT_CHECKED, ", ".join(without), asked.text, detail)
    yield Finding(NOT_CHECKED, "", "", "doses, routes, laboratory values and what the records do not hold")


def _lacking(partner: Partner) -> str:
    if not partner.known:
        return UNKNOWN
    return f"no record of {partner.typed}: only what others say of it was checked"


def shared_effects(partners: "list[Partner]", medley: Medley) -> "Iterator[Finding]":
    """Yield the effects that two drugs or more have at common or above; the most widely shared and frequent first."""
    import json  # only who asks for effects pays for whole records

    from drugref.bands import BANDS
    from drugref.compare import Side, by_item, side_effects

    shared: dict[str, dict[str, Side]] = {}
    for partner in partners:
        if partner.found:
            for key, side in by_item(side_effects(json.loads(query.record(partner.found)), medley.words)).items():
                if side.weight <= BANDS.index("common"):
                    shared.setdefault(key, {})[partner.text] = side
    several = [held for held in shared.values() if len(held) > 1]
    several.sort(
        key=lambda held: (-len(held), min(side.weight for side in held.values()), min(side.item for side in held.values()))
    )
    for held in several:
        first, *others = held
        sources = dict.fromkeys(source for side in held.values() for source in side.sources)
        detail = f"{held[first].item}: {'; '.join(f'{inn} {side.value}' for inn, side in held.items())}"
        yield Finding(SHARED, first, ", ".join(others), detail, sources)
