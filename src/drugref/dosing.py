"""What people write beside a medicine's name in a list of medicines: strength, form, route, schedule, the sign of a list."""

import re

FORMS = frozenset(
    "amp ampoule ampoules ampule ampules balm caplet caplets caps capsule capsules cap cream creams disc discs drops drop "
    "elixir emulsion enema film-coated foam gel gelcap gelcaps granules gum implant inhaler inhalers inhalation inj injection "
    "injections infusion iv-infusion jelly kit liquid lotion lozenge lozenges mouthwash nebule nebules nebuliser nebulizer "
    "ointment oint orodispersible odt pastille patch patches pen pens pessary pessaries pill pills powder puff puffs sachet "
    "sachets shampoo soln solution spray sprays supp suppository suppositories susp suspension syringe syringes syrup tab tabs "
    "tablet tablets tincture turbohaler evohaler accuhaler vial vials chewable dispersible effervescent enteric-coated "
    "gastro-resistant modified-release prolonged-release extended-release sustained-release immediate-release "
    "controlled-release delayed-release slow-release ec e/c er xr sr mr cr xl la ir dr extended delayed modified prolonged "
    "sustained immediate controlled release prefilled pre-filled cartridge autoinjector injectable system pack hfa "
    "cfc-free cfc free".split()
)  # fmt: skip
"""Forms, and how they release."""
ROUTES = frozenset(
    "po p.o. p.o oral orally by mouth iv i.v. i.v im i.m. i.m sc s.c. s.c subcut subcutaneous subcutaneously intravenous "
    "intravenously intramuscular intramuscularly sl s.l. sublingual sublingually buccal pr p.r. rectal rectally pv p.v. "
    "vaginal vaginally top topical topically td transdermal transdermally inh inhaled neb nasal nasally intranasal "
    "intranasally eye ear ophthalmic otic ng".split()
)  # fmt: skip
SCHEDULE = frozenset(
    "od o.d. bd b.d. bid b.i.d. tds t.d.s. tid t.i.d. qds q.d.s. qid q.i.d. qd q.d. daily nightly nocte mane morning evening "
    "noon night midday bedtime hs h.s. qhs qam qpm om on prn p.r.n. stat ac pc weekly monthly yearly once twice thrice one two "
    "three four half times time an per each every day days week weeks month months hour hours hourly hrs hr at in the with "
    "before after food meals meal breakfast lunch dinner as needed required when if only until regular qod eod alternate "
    "q2h q3h q4h q6h q8h q12h q24h q72h max maximum".split()
)  # fmt: skip
_UNIT = (
    r"(?:mg|mcg|µg|μg|ug|micrograms?|microgrammes?|milligrams?|milligrammes?|nanograms?|ng|g|gm|grams?|grammes?|kg|mls?|l|litres?"
    r"|%|units?|unt|u|iu|i\.u\.|meq|mmol|mol|million|hours?|hrs?|h|days?|puffs?|drops?|doses?|actuation|act|tab|tablet|cap|dose)"
)
_NUMBER = r"(?:\d[\d.,]*(?:\s?[-–x×/]\s?\d[\d.,]*)*|½|¼|¾)"
_PER = rf"(?:/(?:{_NUMBER})?{_UNIT}?)*"
_STRENGTH = re.compile(rf"{_NUMBER}-?{_UNIT}?{_PER}", re.IGNORECASE)
_AFTER_NUMBER = re.compile(rf"(?:{_UNIT}{_PER}|[ahdx])", re.IGNORECASE)
"""A unit of its own: not the G of penicillin G, unless a number stands before it."""
_BULLET = re.compile(r"\s*(?:[-–—*•·‣◦▪>+]+|\[[ xX]?\]|\(?\d{1,2}[.)])\s+")

_BRAND = re.compile(r"(?<=\w)\s+((?:\[[^\[\]]{2,60}\]\s*){1,3})$")
"""Brands in brackets at the end, as RxNorm names a product."""
_PART = re.compile(r"\s/\s")
"""What stands between the parts of a combination, each with its strength."""


def without_dose(text: str) -> tuple[str, str] | None:
    """Return what is left of a line without strength, form, route and schedule, and what was set aside.

    None if nothing is left, nothing was to be set aside, or what is to be set aside stands within the rest: whether the rest
    is a name is for the caller to see, and to say.

    >>> without_dose("Warfarin 3mg tablets"), without_dose("- omeprazole,20mg"), without_dose("insulin glargine")
    (('Warfarin', '3mg tablets'), ('omeprazole', '- 20mg'), None)
    >>> without_dose("ibuprofen 200 MG Oral Tablet [Advil]"), without_dose("codeine 30 MG / paracetamol 500 MG Tablet")
    (('ibuprofen', '200 MG Oral Tablet [Advil]'), ('codeine / paracetamol', '30 MG / 500 MG Tablet'))
    """
    parts = _PART.split(text)
    if len(parts) > 1:
        told = [found for part in parts if (found := without_dose(part))]
        if len(told) == len(parts):
            return " / ".join(rest for rest, _ in told), " / ".join(aside for _, aside in told)
    brand = _BRAND.search(text)
    if brand:
        text = text[: brand.start()]
    bullet = _BULLET.match(text)
    sign = bullet[0].strip() if bullet else ""
    words = re.sub(r"[,;:](?=\s|\D|\d+(?:\.\d+)?\s*[a-zµμ%])|[()\[\]]", " ", text[bullet.end() if bullet else 0 :]).split()
    doses = [_is_dose(word, before) for before, word in zip(["", *words], words, strict=False)]
    first = next((number for number, dose in enumerate(doses) if not dose), len(words))
    last = next((number for number in range(len(words), first, -1) if not doses[number - 1]), first)
    rest = " ".join(words[first:last])
    aside = " ".join([*([sign] if sign else []), *words[:first], *words[last:], *([brand[1].strip()] if brand else [])])
    return (rest, aside) if rest and aside else None


def _is_dose(word: str, before: str) -> bool:
    plain = word.casefold().strip("@")
    bare = plain.rstrip(".")
    if any(form in FORMS or form in ROUTES or form in SCHEDULE for form in (plain, bare)) or _STRENGTH.fullmatch(bare):
        return True
    if before[-1:].isdigit() and _AFTER_NUMBER.fullmatch(bare):
        return True
    return plain in ("-", "–", "—", "x", "=", "@", "+", "/", "&", "*")
