"""DailyMed's labels: Structured Product Labels as XML files, zipped one by one, and zips of those zips."""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from drugref.facts import Entry
from drugref.importers.archive import beginning_of, members, whole
from drugref.importers.manifest import DAILYMED
from drugref.importers.markup import Element, MarkupError, parse_xml
from drugref.importers.spl_sections import V3, all_text, sections, words_of
from drugref.job import Job, Report
from drugref.labels.grouping import Groups, Score
from drugref.labels.label import Ingredient, Label, parts_of, written_day
from drugref.labels.product_kind import kind_of
from drugref.labels.record import Origin, inn_of
from drugref.labels.records import records
from drugref.labels.workers import LIGHT, elsewhere
from drugref.model import Database, ProductKind, Source
from drugref.ndc import is_product_code
from drugref.text import clean, slug

NAME = "dailymed"
ABOUT = Database(
    name=NAME, title="US drug labels as DailyMed publishes them, one record per ingredient set", version="",
    licence="public domain (labels as FDA received them; no approval by FDA or NLM is implied)",
)  # fmt: skip
UNIT = "labels"
MANIFEST = DAILYMED
SUFFIXES = (".xml",)

LONGEST_TEXT = 3 << 20
"""Characters that a label may write; the longest have about two million. As single words they take twenty times that."""

LONGEST_NAMES = 20_000
"""Characters of the names of all ingredients; extracts of allergens have some hundred of them."""

_PRESCRIPTION, _OTC = "34391-3", "34390-5"
_LABELS = {
    _PRESCRIPTION: "human prescription drug label",
    "45129-4": "human prescription drug label with highlights",
    "75031-5": "human compounded prescription drug label",
    _OTC: "human OTC drug label",
    "53404-0": "vaccine label",
    "60683-0": "plasma derivative",
    "60682-2": "standardized allergenic",
    "53405-7": "non-standardized allergenic label",
    "60684-8": "cellular therapy",
    "53408-1": "licensed minimally manipulated cells label",
    "58474-8": "cosmetic",
    "58475-5": "medical food",
    "58476-3": "dietary supplement",
}
"""Documents that are labels of what people take, by their LOINC code."""
_OTHERS = {
    **dict.fromkeys(("50577-6", "50578-4", "50571-9", "50572-7", "50573-5", "50574-3", "50575-0", "50576-8"), "animal drug"),
    **dict.fromkeys(("60685-5", "64124-1", "71446-9", "63417-0"), "index, no label"),
    "53409-9": "bulk ingredient",
}
"""Documents that are none, and what they are."""
_ACTIVE = frozenset(("ACTIB", "ACTIM", "ACTIR"))
"""Classes of active ingredients, by what their strength is given for: base, moiety or a reference substance."""
_ACTIVE_SECTION, _PURPOSE_SECTION = "55106-9", "55105-1"
_UNIIS = "2.16.840.1.113883.4.9"
"""The system of codes of substances."""
_NDC = "2.16.840.1.113883.6.69"
"""The system of codes of products and packages."""
_BOILERPLATE = re.compile(r"these highlights do not include|drug facts\b|full prescribing information\b", re.IGNORECASE)
"""Beginnings of titles that say nothing of the product."""
_APPLICATION = re.compile(r"[A-Z]{3,5}\d{4,}")
_ROOT = re.compile(rb"<(?:\w+:)?document\b[^>]*urn:hl7-org:v3")


class NotALabelError(ValueError):
    """A file that holds no label of a product for people; the message is a short fixed reason."""


def identify(path: str) -> bool:
    """Tell whether the first XML file of a path is a Structured Product Label; never raises."""
    return _ROOT.search(beginning_of(path, SUFFIXES)) is not None


def extract(paths: Sequence[str], job: Job) -> Iterator[Entry]:
    """Yield the records of SPL files by key, once all are read; each file is counted in the job's report."""
    with Groups() as groups:
        for read in elsewhere(_read, tuple(paths), job.today):
            job.advance(read.advanced)
            if read.report:
                job.report.add(read.report)
            if read.label:
                _offer(read.label, groups, job)
        version = f"labels up to {job.version}" if job.version else "of unknown date"
        source = Source(
            title=f"DailyMed, {version}",
            kind="database",
            locator="https://dailymed.nlm.nih.gov/dailymed/spl-resources.cfm",
            licence=ABOUT.licence,
            retrieved=job.today,
        )
        origin = Origin(slug(f"dailymed-{job.version or 'undated'}"), source, "DailyMed set id")
        yield from records(groups, _unpacked, origin, job)


def labels(paths: Sequence[str], job: Job) -> Iterator[tuple[str, bytes]]:
    """Yield the XML files of some paths, as where each lies and its bytes; what cannot be read is counted."""
    for path in paths:
        for member in members(path, SUFFIXES, job):
            if (data := whole(member, job)) is not None:
                yield member.name, data


class _Card(NamedTuple):
    """A label on its way to its group."""

    key: str
    inn: str
    kind: ProductKind
    day: str
    score: Score
    brands: tuple[str, ...]
    codes: tuple[str, ...]
    data: bytes


class _Step(NamedTuple):
    """A step through the files."""

    label: _Card | None
    """What was read of a file; None of one that holds no label, and at the end."""
    report: Report | None
    """What was not taken since the step before, if anything was."""
    advanced: int
    """Bytes of the given files that were read since the step before."""


def _read(paths: Sequence[str], today: date) -> Iterator[_Step]:
    """Yield what is read of each XML file of some paths, in a process of its own: a large label leaves memory behind."""
    told: list[int] = []
    job = Job(today=today, advance=told.append)

    def step(label: _Card | None) -> _Step:
        report, advanced = job.report, sum(told)
        told.clear()
        if report.read:
            job.report = Report()
        return _Step(label, report if report.read else None, advanced)

    for where, data in labels(paths, job):
        yield step(_card(data, where, job.report))
    yield step(None)


def _card(data: bytes, where: str, report: Report) -> _Card | None:
    """Return a label's card, or count why it has none."""
    try:
        label = read_label(data)
    except NotALabelError as error:
        if str(error) in _OTHERS.values():
            report.leave_out(str(error))
        else:
            report.refuse(where, str(error))
        return None
    inn = inn_of(label.ingredients)
    if not inn:
        report.refuse(where, "its active ingredients cannot be told")
        return None
    score = (len({part for section in label.sections for part in parts_of(section)}), label.date, label.set_id or where)
    return _Card(_key(label), inn, label.kind, label.date, score, label.brands, label.codes, data)


def _offer(card: _Card, groups: Groups, job: Job) -> None:
    """Offer a label to the groups, or count why not."""
    if not job.includes(card.kind):
        job.report.leave_out(card.kind)
        return
    job.version = max(job.version, written_day(card.day))
    groups.offer(card.key, card.inn, card.score, lambda: _packed(card.data), card.brands, card.codes)


def _key(label: Label) -> str:
    """Return what labels of the same ingredients share: UNIIs, or names where one has none."""
    codes = sorted(ingredient.unii for ingredient in label.ingredients)
    return "+".join(codes) if all(codes) else f"name:{inn_of(label.ingredients)}"


def _packed(data: bytes) -> bytes:
    """Return a label's bytes as they are kept; those of a large one as they are, so that its size shows how large it is."""
    return zlib.compress(data, 1 if len(data) < LIGHT else 0)


def _unpacked(payload: bytes) -> Label:
    return read_label(zlib.decompress(payload))


def read_label(data: bytes) -> Label:
    """Return the label that an XML file holds; raise NotALabelError."""
    try:
        root = parse_xml(data)
    except MarkupError as error:
        raise NotALabelError(str(error)) from None
    if root.tag != f"{V3}document":
        raise NotALabelError("no Structured Product Label")
    if b"manufacturedMedicine" in data:
        _renew(root)
    code = _value(root, "code", "code")
    if code not in _LABELS:
        raise NotALabelError(_OTHERS.get(code, "another kind of document"))
    body = root.find(_path("component/structuredBody"))
    if body is not None and sum(len(text) for text in body.itertext()) > LONGEST_TEXT:
        raise NotALabelError("more text than any label")
    found = () if body is None else sections(body, otc=code == _OTC)
    if body is None or not found:
        raise NotALabelError("without any section that drugref reads")
    products = body.findall(_path("component/section/subject/manufacturedProduct"))
    brands = _each(products, "manufacturedProduct/name")
    generics = _each(products, "manufacturedProduct/asEntityWithGeneric/genericMedicine/name")
    generics = generics or _each(products, "manufacturedProduct/genericMedicine/name")
    title = words_of(root.find(_path("title")))
    parts = [part for product in products for part in product.iter(f"{V3}part") if next(_active([part]), None) is not None]
    sold = [*products, *parts]
    approvals = [approval for place in sold for approval in place.iterfind(_path("subjectOf/approval"))]
    routes = [route for place in sold for route in place.iterfind(_path("consumedIn/substanceAdministration/routeCode"))]
    marketed = _once(_value(approval, "code", "displayName") for approval in approvals)
    return Label(
        set_id=_value(root, "setId", "root").lower(),
        version=_value(root, "versionNumber", "value"),
        date=_day(_value(root, "effectiveTime", "value")),
        title=title if title and not _BOILERPLATE.match(title) else next(iter(brands or generics), title),
        maker=words_of(root.find(_path("author/assignedEntity/representedOrganization/name"))),
        kind=_kind(code, marketed, title, body, products),
        approval=", ".join(_once(map(_approval, approvals))),
        ingredients=_ingredients(products),
        brands=brands,
        codes=_codes(products),
        generics=generics,
        routes=_once(route.get("displayName", "").lower() for route in routes),
        classes=_classes(products, "EPC"),
        actions=_classes(products, "MoA"),
        sections=found,
    )


_OLD_TAGS = {
    "manufacturedMedicine": ("manufacturedProduct", None),
    "activeIngredient": ("ingredient", "ACTIB"),
    "activeIngredientSubstance": ("ingredientSubstance", None),
    "inactiveIngredient": ("ingredient", "IACT"),
    "inactiveIngredientSubstance": ("ingredientSubstance", None),
    "containerPackagedMedicine": ("containerPackagedProduct", None),
    "partMedicine": ("partProduct", None),
}
"""Names of elements in the first releases of the format, the ones of today, and the class that an ingredient then has."""


def _renew(root: Element) -> None:
    """Give the elements of an old label their names of today."""
    for element in root.iter():
        tag = element.tag.removeprefix(V3) if isinstance(element.tag, str) else ""
        if tag in _OLD_TAGS:
            name, kind = _OLD_TAGS[tag]
            element.tag = f"{V3}{name}"
            if kind:
                element.set("classCode", kind)


def _path(tags: str) -> str:
    """Return a path of tags of SPL's namespace, as lxml wants it."""
    return "/".join(V3 + tag for tag in tags.split("/"))


def _value(element: Element, tag: str, attribute: str) -> str:
    """Return the attribute of an element below; "" if there is none."""
    found = element.find(V3 + tag)
    return "" if found is None else clean(found.get(attribute, ""))


def _once(values: Iterable[str]) -> tuple[str, ...]:
    """Return texts clean, in order, each once and none empty."""
    return tuple(dict.fromkeys(filter(None, map(clean, values))))


def _each(elements: list[Element], tags: str) -> tuple[str, ...]:
    return _once(words_of(found) for element in elements for found in element.iterfind(_path(tags)))


def _day(time: str) -> str:
    return time[:8] if re.match(r"\d{8}", time) else ""


def _approval(approval: Element) -> str:
    number = _value(approval, "id", "extension")
    return number if _APPLICATION.fullmatch(number) else _value(approval, "code", "displayName")


def _active(products: list[Element]) -> Iterator[Element]:
    for product in products:
        for ingredient in product.iter(f"{V3}ingredient"):
            if ingredient.get("classCode") in _ACTIVE:
                yield ingredient


def _ingredients(products: list[Element]) -> tuple[Ingredient, ...]:
    """Return what is active in any of some products; raise NotALabelError where one has no name: the rest is another drug."""
    found: dict[str, Ingredient] = {}
    for ingredient in _active(products):
        substance = ingredient.find(f"{V3}ingredientSubstance")
        name = "" if substance is None else words_of(substance.find(f"{V3}name"))
        if substance is None or not name:
            raise NotALabelError("an active ingredient without a name")
        unii = _value(substance, "code", "code") if _value(substance, "code", "codeSystem") == _UNIIS else ""
        found.setdefault(unii or name.lower(), Ingredient(name, unii))
    if sum(len(ingredient.name) for ingredient in found.values()) > LONGEST_NAMES:
        raise NotALabelError("its active ingredients cannot be told")
    known = {ingredient.name.lower() for ingredient in found.values() if ingredient.unii}
    return tuple(ingredient for ingredient in found.values() if ingredient.unii or ingredient.name.lower() not in known)


def _classes(products: list[Element], mark: str) -> tuple[str, ...]:
    shown = (
        _value(kind, "code", "displayName") for product in products for kind in product.iter(f"{V3}generalizedMaterialKind")
    )
    return _once(name.removesuffix(f"[{mark}]") for name in shown if name.endswith(f"[{mark}]"))


def _codes(products: list[Element]) -> tuple[str, ...]:
    """Return the National Drug Codes of products and of the parts of kits; those of packages have a third group of digits."""
    codes = (code for product in products for code in product.iter(f"{V3}code") if code.get("codeSystem") == _NDC)
    return _once(number for code in codes if is_product_code(number := clean(code.get("code", ""))))


def _kind(code: str, marketed: tuple[str, ...], title: str, body: Element, products: list[Element]) -> ProductKind:
    # Homeopathic dilutions are units of strength.
    active = [numerator.get("unit", "") for ingredient in _active(products) for numerator in ingredient.iter(f"{V3}numerator")]
    purpose = []
    for section in body.iter(f"{V3}section"):
        number, text = _value(section, "code", "code"), section.find(f"{V3}text")
        if text is None:
            continue
        if number == _ACTIVE_SECTION:
            active.append(all_text(text))
        elif number == _PURPOSE_SECTION or words_of(section.find(f"{V3}title")).lower() == "purpose":
            purpose.append(all_text(text))
    declared = f"{_LABELS[code]}; {'; '.join(marketed)}"
    return kind_of(declared, " ".join(active), " ".join(purpose), title, "" if code == _PRESCRIPTION else all_text(body))
