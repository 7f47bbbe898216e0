"""A record on one screen: who it is, what forbids it, what asks for care, what it is for, what it does."""

import re
from collections.abc import Iterator
from typing import Any

from drugref.claims import is_special, merged
from drugref.pages.drug import is_weak
from drugref.pages.view import TIE, Card, Line, Role, Span, Told, View
from drugref.store import Store

Drug = dict[str, Any]
_MOST_BRANDS = 4
BLOCK = {
    "PREGNANCY": r"pregnan|trimester|childbearing|fetal|foetal|fetus|teratogen",
    "BREAST-FEEDING": r"breast[- ]?(?:fe|milk)|lactat|nursing",
    "KIDNEY": r"\bkidney|\brenal|nephro|nephrectomy|dialysis",
    "LIVER": r"\bliver|hepat|cirrhosis",
    "CHILDREN": r"child(?!bearing|birth)|infant|neonat|newborn|adolescent|p?a?ediatric|under \d+ (?:years|months)|younger",
    "ELDERLY": r"elderly|older (?:people|patients|adults)|old age|geriatric|aged 65|over 6\d|over 70",
    "DRIVING": r"\bdriv|machine",
}
"""What a card always answers, and the words by which a contraindication or caution is about it."""
NOTHING = "nothing recorded"


def card(drug: Drug, words: Store, also: tuple[str, ...] = ()) -> View:
    """Return the card of a record; ``also`` are further databases that know the drug."""
    answers = {label: _weightiest(drug, label) for label in BLOCK}
    told = [risk for _, care in answers.values() for risk in care]
    rest = [risk for risk in drug["cautions"] if not any(risk is other for other in told)]
    effects = merged(drug["side_effects"], drug["sources"], words)
    before = [
        *_told("BOXED WARNING", "danger", _boxed(drug), 3),
        _forbidden(drug),
        *_told("CARE", "warn", _care(drug, rest), 1),
    ]
    very = [entry for entry in effects if entry.claim["band"] == "very-common" == entry.claim["least"]]
    common = [entry for entry in effects if entry.claim["least"] in ("common", "uncommon") and entry.claim["band"] in _COMMON]
    serious = [entry for entry in effects if entry.claim["serious"] and entry not in very and entry not in common]
    serious.sort(key=lambda entry: (entry.claim["attribution"] == "any-cause", not entry.claim["key"]))
    after = [
        Told("USES", "accent", _uses(drug) or _nothing(drug, "uses"), 2),
        Told("MECHANISM", "accent", _mechanism(drug) or _nothing(drug, "mechanism"), _sure(drug)),
        *_told("VERY COMMON", "accent", [_effect(entry.claim, entry.concept) for entry in very], 1),
        *_told("COMMON", "accent", [_effect(entry.claim, entry.concept) for entry in common], 1),
        *_told("SERIOUS", "danger", [[Span(name)] for name in dict.fromkeys(entry.concept for entry in serious)], 1),
        *_told("HALF-LIFE", "accent", _half_life(drug)),
    ]
    if not effects:
        after.insert(2, Told("SIDE EFFECTS", "accent", _nothing(drug, "side-effects")))
    brands = [name["name"] for name in drug["names"] if name["kind"] == "brand"]
    kind = " · ".join(filter(None, (_class(drug), ", ".join(code["code"] for code in drug["atc"][:2]))))
    return Card(
        drug["inn"],
        ", ".join(brands[:_MOST_BRANDS]),
        kind,
        list(_lead(drug)),
        before,
        [(label, _answer(drug, label, found)) for label, found in answers.items()],
        after,
        _foot(drug, also),
    )


_COMMON = ("very-common", "common")


def _rests_on_words(drug: Drug) -> bool:
    return bool(drug["side_effects"]) and all(effect["basis"] == "wording" for effect in drug["side_effects"])


def _forbidden(drug: Drug) -> Told:
    """Tell what forbids the whole ingredient, and what forbids some of its products as far as there is room."""
    general = sum(not _limits(risk) for risk in drug["contraindications"])
    items = _risks(drug["contraindications"])
    return Told("DO NOT USE", "danger", items or _nothing(drug, "contraindications"), max(general, 1) if items else 0)


def _care(drug: Drug, rest: list[Drug]) -> list[Line]:
    """Name the cautions that the block does not answer, key ones first; that there are none only where the block has none."""
    if rest or drug["cautions"]:
        return _risks(sorted(rest, key=lambda risk: not _is_key(risk, drug)))
    return _nothing(drug, "cautions")


def _boxed(drug: Drug) -> list[Line]:
    """Return the sentences of the boxed warnings, which say the gravest first."""
    texts = (note["text"] for note in drug["notes"] if note["kind"] == "boxed-warning")
    return [[Span(sentence.rstrip("."))] for text in texts for sentence in text.split(". ")]


def _told(label: str, role: Role, items: list[Line], kept: int = 0) -> list[Told]:
    return [Told(label, role, items, kept)] if items else []


def _class(drug: Drug) -> str:
    return str(drug["class"]["path"][-1]) if drug["class"] else ""


def _lead(drug: Drug) -> Iterator[Line]:
    if drug["summary"]:
        yield [Span(drug["summary"]["text"])]
    if not is_weak(drug):
        return
    conflicts = [note["text"] for note in drug["notes"] if note["kind"] == "conflict"]
    disputed = f" Sources disagree: {conflicts[0].split('. ')[0].rstrip('.')}." if conflicts else ""
    wording = " Bands rest on wording, not on figures." if _rests_on_words(drug) else ""
    yield [Span(f"Weakly sourced: no regulator's document.{disputed}{wording}", "warn")]


def _risks(risks: list[Drug]) -> list[Line]:
    """Name risks, those of the whole ingredient first; what limits one stands in brackets."""
    general = sorted(risks, key=lambda risk: bool(_limits(risk)))
    return [_risk(risk) for risk in general]


def _risk(risk: Drug) -> Line:
    limits = _limits(risk)
    return [Span(risk["item"]), Span(f" ({'; '.join(limits)})")] if limits else [Span(risk["item"])]


def _limits(risk: Drug) -> list[str]:
    return [risk[name] for name in ("route", "product", "population", "place") if risk[name]]


def _is_key(risk: Drug, drug: Drug) -> bool:
    """Tell whether a caution is of what a boxed warning or a serious and common effect is about."""
    named = " ".join(note["text"] for note in drug["notes"] if note["kind"] == "boxed-warning").casefold()
    return risk["item"].casefold() in named or any(e["key"] and e["effect"] in risk["item"] for e in drug["side_effects"])


def _besides(risk: Drug, label: str) -> str:
    return "" if risk["item"].casefold() in _SAYS[label] else str(risk["item"])


_SAYS = {
    "PREGNANCY": ("pregnancy",),
    "BREAST-FEEDING": ("breast-feeding", "lactation"),
    "KIDNEY": ("renal impairment", "kidney disease", "impaired renal function", "kidney impairment"),
    "LIVER": ("hepatic impairment", "liver disease", "impaired hepatic function", "liver impairment"),
    "CHILDREN": ("children",),
    "ELDERLY": ("elderly", "old age", "elderly patients", "older people", "older adults"),
    "DRIVING": ("driving and use of machines", "driving", "driving and operating machinery"),
}
"""Items that say no more than their label does."""


def _weightiest(drug: Drug, label: str) -> tuple[list[Drug], list[Drug]]:
    """Return the contraindications and the cautions that answer for a group of patients.

    What holds for the whole ingredient goes before what holds for some products. Of cautions it is one: what says just the
    group before what says more, and that only beside what forbids less than the whole group.
    """
    about = re.compile(BLOCK[label], re.IGNORECASE)

    def chosen(kind: str) -> list[Drug]:
        mine = [risk for risk in drug[kind] if risk["type"] in _OF_PATIENTS and about.search(risk["item"])]
        return [risk for risk in mine if not _limits(risk)] or mine

    forbid = chosen("contraindications")
    whole = [risk for risk in forbid if not _besides(risk, label) and not _limits(risk)]
    if whole:
        return whole, []
    care = sorted(chosen("cautions"), key=lambda risk: (bool(_besides(risk, label)), not risk["detail"]))
    if forbid:
        care = [risk for risk in care if not _besides(risk, label) and not _limits(risk)]
    return forbid, care[:1]


_OF_PATIENTS = ("condition", "population")


def _answer(drug: Drug, label: str, found: tuple[list[Drug], list[Drug]]) -> Line:
    """Say what answers for a group of patients, whole."""
    forbid, care = found
    line: Line = []
    if forbid:
        said = "; ".join(_forbids(risk, label) for risk in forbid)
        line.append(Span(f"do not use{':' if said and said[0] != '(' else ''} {said}".rstrip(), "danger"))
    line += [Span(f"; care: {_warns(risk, label)}" if forbid else _warns(risk, label)) for risk in care]
    if line:
        return line
    texts = {text["part"] for text in drug["texts"]}
    if texts & {"pregnancy", "cautions"}:
        return [Span("not sorted: see the label's text", "words")]
    return [Span(NOTHING, "words")]


def _forbids(risk: Drug, label: str) -> str:
    """Say a contraindication below its label: what the label does not say already; why, and what limits it, in brackets."""
    behind = "; ".join(filter(None, (risk["detail"], *_limits(risk))))
    return " ".join(filter(None, (_besides(risk, label), f"({behind})" if behind else "")))


def _warns(risk: Drug, label: str) -> str:
    """Say a caution below its label: what the label does not say already, and why; what limits it stands in brackets."""
    said = ": ".join(filter(None, (_besides(risk, label), risk["detail"]))) or "care"
    limits = "; ".join(_limits(risk))
    return f"{said} ({limits})" if limits else said


def _uses(drug: Drug) -> list[Line]:
    """Name each condition once, approved ones first."""
    told: dict[str, str] = {}
    for use in drug["uses"]:
        told.setdefault(use["condition"], use["kind"])
    return [[Span(name), *([] if kind == "approved" else [Span(f" ({kind})", "warn")])] for name, kind in told.items()]


def _first(text: str) -> str:
    """Return the first sentence of a text that says something; "Not fully known" is said by the certainty."""
    first, _, rest = text.partition(". ")
    return _first(rest) if rest and len(first) < _SHORTEST else first.rstrip(".")


_SHORTEST = 30
_SURE = {"established": "", "probable": "probable", "uncertain": "not fully understood", "unknown": "not known"}


def _mechanism(drug: Drug) -> list[Line]:
    told = drug["mechanism"][:1]
    lines: list[Line] = [[Span(_first(entry["text"]))] for entry in told]
    lines += [[Span(_SURE[entry["certainty"]], "words")] for entry in told if _SURE[entry["certainty"]]]
    by_action: dict[str, list[str]] = {}
    for target in drug["targets"]:
        by_action.setdefault(target["action"], []).append(target["target"])
    return lines + [[Span(f"{action}: {', '.join(targets[:4])}")] for action, targets in by_action.items()]


def _sure(drug: Drug) -> int:
    """Return how many items of the mechanism stand whatever the room: how it works, and how far that is certain."""
    return sum(1 + bool(_SURE[entry["certainty"]]) for entry in drug["mechanism"][:1])


def _effect(claim: Drug, concept: str) -> Line:
    limits = [claim[name] for name in ("route", "population", "dose") if claim[name]]
    figure = claim["incidence"]["text"].replace(" ", TIE) if claim["incidence"] else ""
    where = f" ({'; '.join(limits)})" if limits and (is_special(claim) or claim["route"]) else ""
    return [Span(" ".join(part for part in (concept, figure) if part) + where)]


def _half_life(drug: Drug) -> list[Line]:
    for entry in drug["pharmacokinetics"]:
        if entry["parameter"] == "half-life" and entry["value"]:
            measured = f" ({entry['population']})" if entry["population"] else ""
            return [[Span(entry["value"]["text"].replace(" ", TIE) + measured)]]
    return []


def _nothing(drug: Drug, part: str) -> list[Line]:
    if any(text["part"] == part for text in drug["texts"]):
        return [[Span("kept as the label's text: see the whole page", "words")]]
    return [[Span("nothing recorded; this is not evidence of safety", "warn")]]


def _foot(drug: Drug, also: tuple[str, ...]) -> list[Line]:
    sources = list(drug["sources"].values())
    regulators, copies = (sum(1 for s in sources if s["kind"] == "regulator"), sum(1 for s in sources if s["via"]))
    conflicts = sum(note["kind"] == "conflict" for note in drug["notes"])
    told = f"{len(sources)} source{'s' * (len(sources) != 1)}, {regulators} regulator, {copies} read as copies"
    disagree = f"; disagree on {conflicts} point{'s' * (conflicts != 1)}" if conflicts else ""
    database = drug["database"]
    known = f"; also in {', '.join(also)}" if also else ""
    origin = "" if database["name"] == _BUNDLED and not also else f" From {database['name']} {database['version']}{known}."
    return [[Span(f"{told}{disagree}.{origin} All: drugref show {drug['inn']} --all", "words")]]


_BUNDLED = "bundled"
"""Name of the database that comes with drugref, of which a card need not say that it comes from it."""
