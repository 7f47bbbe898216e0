"""FHIR R5: a Bundle of type collection, written resource by resource.

A drug is a MedicationKnowledge: its names, codes, classes, and in its narrative the boxed warnings and what is not recorded. A
use, a side effect, a contraindication, a caution, a boxed warning, and a label's text on interactions, pregnancy or overdose
is a ClinicalUseDefinition. Its subject cannot be a MedicationKnowledge (R5 allows, of medicines, a
MedicinalProductDefinition, a Medication or a Substance), so a Medication with the same code stands between the two; the
MedicationKnowledge refers to both.

R5 has no place for sources, bases, figures of trial arms and more. So every fact is, once, an extension ``fact`` whose parts
are named as the columns are: on its ClinicalUseDefinition if it has one, else on the MedicationKnowledge. What the facts of a
drug have in common is the MedicationKnowledge's extension ``record``.

Nobody may take an investigated use for an indication by overlooking an extension: a use that is not approved says what it
is in its text, and again in a modifierExtension.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from drugref.bands import BANDS, MEANING, term
from drugref.export.facts import SHARED, Row
from drugref.facts import phrases
from drugref.parts import LABEL_TEXT, NOTHING_KIND
from drugref.text import dumps

BASE = "https://github.com/drugref/drugref/fhir/"
"""Begins the names of our extensions and code systems; they are names, there is nothing to be fetched."""
UNII, RXNORM, ATC = "http://fdasis.nlm.nih.gov", "http://www.nlm.nih.gov/research/umls/rxnorm", "http://www.whocc.no/atc"
FHIR_FREQUENCY = "http://hl7.org/fhir/undesirable-effect-frequency"
FHIR_BANDS = {"common": "Common", "uncommon": "Uncommon", "rare": "Rare"}
"""Bands that FHIR's own code system has; it has no others, and a neighbouring one would say something else."""
TYPES = {
    "uses": "indication",
    "side-effects": "undesirable-effect",
    "contraindications": "contraindication",
    "cautions": "warning",
    "interactions": "warning",
    "pregnancy": "warning",
    "overdose": "warning",
}
"""Parts whose facts are ClinicalUseDefinitions, with the type of these."""
Json = dict[str, Any]


def render(drugs: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """Yield the text of the Bundle, the resources of one drug at a time."""
    yield b'{"resourceType":"Bundle","type":"collection"'
    lead, end = ',"entry":[\n', "}\n"
    for facts in drugs:
        for resource in resources(facts):
            entry = {"fullUrl": _url(facts[0], resource["resourceType"], resource["id"]), "resource": resource}
            yield f"{lead}{dumps(entry)}".encode()
            lead, end = ",\n", "\n]}\n"
    yield end.encode()


def resources(facts: Sequence[Row]) -> Iterator[Json]:
    """Yield the resources of one drug: MedicationKnowledge, Medication, ClinicalUseDefinitions."""
    drug = facts[0]
    medication: Json = {"resourceType": "Medication", "id": _id(drug["drug_id"]), "code": _code(drug)}
    subject = _reference(drug, medication)
    uses = [_clinical_use(fact, subject) for fact in facts if _type(fact)]
    yield _medication_knowledge(facts, subject, [_reference(drug, use) for use in uses])
    yield medication
    yield from uses


def _medication_knowledge(facts: Sequence[Row], medication: Json, uses: list[Json]) -> Json:
    drug = facts[0]
    own = [_extension("fact", _own_parts(fact)) for fact in facts if not _type(fact)]
    groups = [{"type": {"text": "ATC"}, "classification": [{"coding": [_coding(ATC, code)]}]} for code in drug["atc"]]
    groups += [
        {"type": {"text": "pharmacological class"}, "classification": [{"text": fact["item"]}]}
        for fact in facts
        if fact["part"] == "class"
    ]
    found = {
        "resourceType": "MedicationKnowledge",
        "id": _id(drug["drug_id"]),
        "text": {"status": "extensions", "div": _narrative(facts)},
        "extension": [_extension("record", _parts({column: drug[column] for column in SHARED})), *own],
        "code": _code(drug),
        "status": "active",
        "name": [fact["item"] for fact in facts if fact["part"] == "name"],
        "associatedMedication": [medication],
        "medicineClassification": groups,
        "clinicalUseIssue": uses,
    }
    return {key: value for key, value in found.items() if value}


def _narrative(facts: Sequence[Row]) -> str:
    """Return what a reader must not miss: which drug, boxed warnings, and the parts of which nothing is recorded."""
    lines = [facts[0]["drug"]]
    lines += [f"Boxed warning: {fact['text']}" for fact in facts if fact["kind"] == "boxed-warning"]
    empty = [fact for fact in facts if fact["kind"] == NOTHING_KIND]
    lines += [f"{fact['part'].replace('-', ' ').capitalize()}: {fact['text']}" for fact in empty]
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</div>'


def _type(fact: Row) -> str | None:
    """Return the type of ClinicalUseDefinition that a fact is; None if it is none."""
    if fact["kind"] == NOTHING_KIND:
        return None
    return "warning" if fact["kind"] == "boxed-warning" else TYPES.get(fact["part"])


def _clinical_use(fact: Row, subject: Json) -> Json:
    kind = _type(fact)
    use: Json = {
        "resourceType": "ClinicalUseDefinition",
        "id": _id(fact["fact"]),
        "extension": [_extension("fact", _own_parts(fact))],
        "type": kind,
        "category": [{"coding": [_own("part", fact["part"])]}, {"coding": [_own("kind", str(fact["kind"]))]}],
        "subject": [subject],
    }
    if kind == "indication":
        use["indication"] = {"diseaseSymptomProcedure": {"concept": {"text": _words(fact)}}}
        if fact["kind"] not in ("approved", LABEL_TEXT):
            use["modifierExtension"] = [{"url": f"{BASE}StructureDefinition/not-approved", "valueCode": fact["kind"]}]
    elif kind == "undesirable-effect":
        use["undesirableEffect"] = _undesirable_effect(fact)
    elif kind == "warning":
        use["warning"] = {"code": {"text": _words(fact)}}
    elif fact["kind"] == "medicine":
        only = _coding("http://hl7.org/fhir/therapy-relationship-type", "contraindicated-only-with")
        therapy = {"relationshipType": {"coding": [only]}, "treatment": {"concept": {"text": _words(fact)}}}
        use["contraindication"] = {"otherTherapy": [therapy]}
    else:
        use["contraindication"] = {"diseaseSymptomProcedure": {"concept": {"text": _words(fact)}}}
    return use


def _words(fact: Row) -> str:
    """Return a fact as a reader of its text alone has to understand it."""
    if fact["kind"] == LABEL_TEXT:
        return f"{fact['detail']}: {fact['text']}" if fact["detail"] else str(fact["text"])
    said = fact["text"] or fact["item"] or ""
    if fact["part"] == "uses" and fact["kind"] != "approved":
        said = f"{fact['kind']}, not an approved use: {said}"
    return f"{said} – {fact['detail']}" if fact["detail"] else said


def _undesirable_effect(fact: Row) -> Json:
    effect: Json = {"symptomConditionEffect": {"concept": {"text": _words(fact)}}}
    if fact["kind"] in BANDS:
        codings = [_own("band", fact["kind"], f"{term(fact['kind'])} ({MEANING[fact['kind']]})")]
        if fact["kind"] in FHIR_BANDS:
            codings.append(_coding(FHIR_FREQUENCY, FHIR_BANDS[fact["kind"]], FHIR_BANDS[fact["kind"]]))
        effect["frequencyOfOccurrence"] = {"coding": codings, "text": _frequency(fact)}
    if fact["serious"]:
        effect["classification"] = {"coding": [_own("seriousness", "serious")], "text": "serious"}
    return effect


def _frequency(fact: Row) -> str:
    """Say in words what is known of a side effect's frequency, and what its band rests on."""
    arms = (f"{arm['population']}: {_measured(arm)}" for arm in fact["arms"])
    words = f"“{fact['wording']}”" if fact["wording"] else None
    limits = (fact[name] for name in ("population", "dose", "severity", "measure", "period", "counted"))
    return phrases(_measured(fact), *limits, *arms, words, f"basis {fact['basis']}")


def _measured(counted: Row) -> str | None:
    if counted["comparator"]:
        return f"{counted['incidence']} (comparator {counted['comparator']})"
    return counted["incidence"] and str(counted["incidence"])


def _own_parts(fact: Row) -> list[Json]:
    """Return what is set of a fact, without what all facts of its drug have in common, as parts of an extension."""
    return _parts({column: value for column, value in fact.items() if column not in SHARED})


def _parts(row: Row) -> list[Json]:
    return [part for column, value in row.items() for part in _part(column, value)]


def _part(column: str, value: Any) -> list[Json]:
    if value is None:
        return []
    if isinstance(value, tuple):
        return [part for entry in value for part in _part(column, entry)]
    if value.__class__ in _VALUES:
        return [{"url": column, _VALUES[value.__class__]: value.isoformat() if isinstance(value, date) else value}]
    return [{"url": column, "extension": _parts(value)}]


_VALUES = {str: "valueString", bool: "valueBoolean", int: "valueInteger", float: "valueDecimal", date: "valueDate"}


def _extension(name: str, parts: list[Json]) -> Json:
    return {"url": f"{BASE}StructureDefinition/{name}", "extension": parts}


def _code(drug: Row) -> Json:
    codings = [_coding(UNII, code) for code in drug["unii"]] + [_coding(RXNORM, code) for code in drug["rxcui"]]
    return {"coding": codings, "text": drug["drug"]} if codings else {"text": drug["drug"]}


def _own(system: str, code: str, display: str | None = None) -> Json:
    return _coding(f"{BASE}CodeSystem/{system}", code, display)


def _coding(system: str, code: str, display: str | None = None) -> Json:
    return {"system": system, "code": code} | ({"display": display} if display else {})


def _reference(drug: Row, resource: Json) -> Json:
    return {"reference": _url(drug, resource["resourceType"], resource["id"])}


def _url(drug: Row, kind: str, id: str) -> str:
    """Return a resource's name in the Bundle: the same for the same fact of a database whenever it is written."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, '/'.join((BASE + drug['database'], kind, id)))}"


def _id(name: str) -> str:
    """Return a name as a FHIR id, which has 64 characters at most."""
    return name if len(name) <= _LONGEST else str(uuid5(NAMESPACE_URL, f"{BASE}{name}"))


_LONGEST = 64
