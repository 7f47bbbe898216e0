"""Adds classes, brands, ATC codes and combinations from the other lists to the medicines, and settles who owns a name."""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from drugref.text import name_key
from tools import lists
from tools.cited import COMBINATION_BRANDS, COMBINATIONS, FOODS
from tools.gather import Medicine, brand_case, medicines_of, plain
from tools.groups import Definition
from tools.lists import Product, Substance
from tools.salts import moieties_of
from tools.words import FAULTY_ROWS

# Classes that say nothing of what a medicine does in somebody who takes it.
_NO_CLASS = re.compile(r"allergen|Allergenic|Chemical Allergen|^Unknown", re.IGNORECASE)
_TYPES = {"EPC": "E", "MoA": "M", "PA": "P", "CS": "C", "Chemical": "C", "Chemical/Ingredient": "C"}
# "abacavir and lamivudine", "clopidogrel / acetylsalicylic acid", "efavirenz, emtricitabine"
_BETWEEN = re.compile(r"\s*(?:,(?: and )?| / |/|;| and | with |\+)\s*", re.IGNORECASE)


class Index:
    """The medicines by primary name, and the look-ups that the lists are put together by."""

    def __init__(self, substances: list[Substance], marketed: set[str]) -> None:
        self.medicines = medicines_of(substances, marketed)
        self.by_unii: dict[str, Medicine] = {}
        for medicine in self.medicines.values():
            for unii in medicine.unii:
                # A further INN of the same UNII (epoetin beta) comes later; what lists say of the UNII is of the first.
                self.by_unii.setdefault(unii, medicine)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for medicine in self.medicines.values():
            for key, name in medicine.names.items():
                if name.kinds - {"b", "c"}:
                    self._by_name[key].add(medicine.key)
        for medicine in self.medicines.values():
            self._by_name[name_key(medicine.key)] = {medicine.key}
        self._displayed = {name_key(plain(one.display)): one.unii for one in substances}

    def find(self, name: str) -> Medicine | None:
        """Return the one medicine that a list means by a name of a substance, if there is exactly one."""
        text = re.sub(r" \((?:rdna|activated|.{0,12}-type)\)$", "", plain(name).strip(" ."))
        for candidate in (text, *moieties_of(text)):
            key = name_key(candidate)
            if (unii := self._displayed.get(key)) and unii in self.by_unii:
                return self.by_unii[unii]
            found = self._by_name.get(key, set())
            if len(found) == 1:
                return self.medicines[next(iter(found))]
        return None

    def combination(self, parts: Iterable[Medicine], letter: str) -> Medicine | None:
        """Return the entry for a combination, made if it is new; None if it has not at least two parts."""
        keys = tuple(sorted({part.key for part in parts}))
        if len(keys) < 2:
            return None
        made = self.medicines.setdefault(" + ".join(keys), Medicine(" + ".join(keys), kind="c", parts=keys))
        made.lists.add(letter)
        return made


def build(folder: Path, groups: Iterable[Definition]) -> dict[str, Medicine]:
    """Return the index of medicines made from the lists in a folder; a name of a group leads to no single medicine."""
    substances = lists.unii(folder)
    index = Index(substances, _marketed(folder, substances))
    _add_ndc(index, folder)
    _add_drugcentral(index, folder)
    for class_, ingredient in lists.medrt(folder):
        if medicine := index.find(ingredient):
            medicine.classes.setdefault(("E", class_), set()).add("R")
    _add_ema(index, lists.ema(folder))
    _add_openfda(index, lists.openfda(folder))
    _add_components(index, substances)
    _add_cited(index)
    _drop_names(index.medicines, {name_key(name) for group in groups for name in (group.key, *group.names)})
    settle(index.medicines)
    return index.medicines


def _marketed(folder: Path, substances: list[Substance]) -> set[str]:
    """Return the UNIIs of substances that another list has as a medicine: by a class, a code, a product or a label."""
    names: set[str] = set()
    for name, classes, _ in lists.ndc(folder):
        if any(not _NO_CLASS.search(title) for type_, title in classes if type_ == "EPC"):
            names.add(name_key(plain(name)))
    names |= {name_key(name) for name, _, _, _ in lists.drugcentral(folder)}
    for product in lists.ema(folder):
        names |= {name_key(part) for text in product.parts for part in _BETWEEN.split(text)}
    on_labels = {unii for product in lists.openfda(folder) for unii in product.parts}
    return on_labels | {
        one.unii
        for one in substances
        if any(
            name_key(plain(name)) in names or (type_ == "cd" and re.fullmatch(r"[A-V]\d\d[A-Z]{2}\d\d", name))
            for type_, name, _ in (("of", one.display, None), *one.names)
        )
    }


def _add_ndc(index: Index, folder: Path) -> None:
    for name, classes, brands in lists.ndc(folder):
        medicine = index.find(name)
        if medicine is None or name in FAULTY_ROWS:
            continue
        for type_, title in classes:
            if type_ in _TYPES and not _NO_CLASS.search(title):
                medicine.classes.setdefault((_TYPES[type_], title), set()).add("N")
        for brand in brands:
            _add_brand(medicine, brand, "N")


def _add_drugcentral(index: Index, folder: Path) -> None:
    for name, type_, title, source in lists.drugcentral(folder):
        medicine = index.find(name) if type_ in _TYPES and source in ("FDA", "MeSH") else None
        if medicine and not _NO_CLASS.search(title):
            medicine.classes.setdefault((_TYPES[type_], title), set()).add("D")


def _add_brand(medicine: Medicine, brand: str, letter: str) -> None:
    """Add a brand unless it is the medicine's own name with a form or a salt: "Cefazolin Sodium", "Insulin human 30/70"."""
    own = {name_key(medicine.key), *(key for key, name in medicine.names.items() if name.kinds - {"b", "c"})}
    words = plain(brand).split()
    if not any(name_key(" ".join(words[:count])) in own for count in range(1, len(words) + 1)):
        medicine.add_name("b", brand_case(brand), letter)


def _add_ema(index: Index, products: list[Product]) -> None:
    for product in products:
        brand = re.sub(r" \((?:previously|in Italy|expired).*\)$", "", product.brand)
        parts = [index.find(part) for part in _BETWEEN.split(product.parts[0]) if part]
        whole = index.find(product.parts[0])
        if whole is not None:
            target: Medicine | None = whole
        elif product.vaccine:
            name = product.parts[0].casefold()
            target = index.medicines.setdefault(name, Medicine(name, kind="v"))
            target.lists.add("M")
        elif parts and all(parts):
            target = index.combination([part for part in parts if part], "M") or parts[0]
        else:
            continue
        if target is not None:
            _add_product(target, brand, product)


def _add_product(medicine: Medicine, brand: str, product: Product) -> None:
    medicine.add_name("b", brand, "M")
    if re.fullmatch(r"[A-V]\d\d[A-Z]{2}\d\d", product.atc):
        medicine.atc.setdefault(product.atc, set()).add("M")
    if product.group:
        medicine.classes.setdefault(("G", product.group), set()).add("M")


def _add_openfda(index: Index, products: Iterable[Product]) -> None:
    for product in products:
        parts = [index.by_unii.get(unii) for unii in product.parts]
        if not any(parts):
            parts = [index.find(name) for text in product.parts for name in _BETWEEN.split(text) if name]
        known = [part for part in parts if part]
        if not known or len(known) < len(parts) or len(parts) > 8:
            continue
        medicine = index.combination(known, "O") or known[0]
        names = _BETWEEN.split(plain(product.brand))
        if medicine.parts and len(names) > 1 and all(index.find(name) in known for name in names):
            continue
        _add_brand(medicine, product.brand, "O")


def _add_components(index: Index, substances: list[Substance]) -> None:
    """Add combinations that the UNII list has as "PERCOCET COMPONENT ACETAMINOPHEN" under each of their substances."""
    held: dict[str, set[str]] = defaultdict(set)
    for substance in substances:
        for type_, name, _ in substance.names:
            if type_ in ("bn", "cn") and " COMPONENT " in name:
                held[name.split(" COMPONENT ")[0].strip()].add(substance.unii)
    for brand, uniis in sorted(held.items()):
        parts = [index.by_unii.get(unii) for unii in sorted(uniis)]
        if all(parts) and (made := index.combination([part for part in parts if part], "U")):
            _add_brand(made, brand, "U")


def _add_cited(index: Index) -> None:
    for kind, names in (("n", COMBINATIONS), ("b", COMBINATION_BRANDS)):
        for name, parts, letter in names:
            if made := index.combination([index.medicines[part] for part in parts], letter):
                made.add_name(kind, name, letter)
    for key, others, letter in FOODS:
        food = index.medicines.setdefault(key, Medicine(key))
        food.kind = "f"
        food.lists.add(letter)
        for name in others:
            food.add_name("o", name, letter)


def _drop_names(medicines: dict[str, Medicine], keys: set[str]) -> None:
    for medicine in medicines.values():
        for key in keys & medicine.names.keys():
            del medicine.names[key]


def settle(medicines: dict[str, Medicine]) -> None:
    """Give every name one owner, or mark it as shared.

    A primary name beats every other name; an official one (INN, USAN, pharmacopoeia, salt) beats brands, synonyms and codes; a
    brand of a combination is taken from its parts, under one of which the UNII list may have it. Between equals it is shared.
    """
    primary = {name_key(key) for key in medicines}
    bearers: dict[str, list[Medicine]] = defaultdict(list)
    for medicine in medicines.values():
        for key in [key for key in medicine.names if key in primary]:
            del medicine.names[key]
        for key in medicine.names:
            bearers[key].append(medicine)
    for key, bearing in bearers.items():
        best = min(medicine.names[key].rank for medicine in bearing)
        parts = {part for medicine in bearing for part in medicine.parts}
        kept = [medicine for medicine in bearing if medicine.names[key].rank == best and medicine.key not in parts]
        for medicine in bearing:
            if medicine not in kept:
                del medicine.names[key]
            else:
                medicine.names[key].shared = len(kept) > 1
