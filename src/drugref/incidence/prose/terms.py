"""Effects in running text: a list taken apart, and each part as the name of an effect or refused."""

import re

WORDS = 8
"""Words that the name of an effect may have."""
_LEAD = re.compile(
    r"""(?:(?:and/or|and|or|also|as\ well\ as|plus|but|the\ following|following|included?|including|such\ as|
    eg,?|ie,?|
    namely|isolated|occasional|a|an|the|some|(?:rare|isolated|occasional|very\ rare|spontaneous|post-?marketing)?\ ?
    (?:reports|cases|instances|occurrences|occurrence|episodes|incidence|development|reported\ cases)\ of|
    (?:in|higher|greater)\ (?:incidence|frequency|rate)s?\ of|symptoms\ of|signs\ of|signs\ and\ symptoms\ of)[\s:,]+)+""",
    re.VERBOSE | re.IGNORECASE,
)
_TAIL = re.compile(r"(?:[\s*†‡§¶#.,;:–^-]|\betc\b)+$")
_ASIDE = re.compile(r" ?\((?:[^()]|\([^()]*\))*\)| ?\[[^\[\]]*\]")
_SENTENCE = re.compile(
    r"""\b(?:is|are|was|were|has|have|had|been|be|being|may|can|could|should|must|will|would|did|does|do|not|no|none|
    occur(?:s|red|ring)?|report(?:s|ed|ing)|observ(?:e|ed|ing)|experienc(?:e|ed|es|ing)|develop(?:s|ed|ing)?|seen|
    noted|treated|
    receiv(?:ed|ing)|which|who|whom|whose|that|this|these|those|they|it|its|if|when|while|where|whereas|than|
    because|although|
    however|patients?|subjects?|study|studies|trials?|placebo|vehicle|compared?|versus|vs|percent|respectively|resembling|
    discontinu\w+|associated\ with\ the|followed|led|leading|resulting|required|requiring|listed|table|more|most|similar|
    mg|mcg|kg|dose|doses|dosage|drugs|therapy|relationship|approximately|use|usually|generally|frequently|frequent$|
    infrequent(?:ly)?|
    common(?:ly)?(?!\ cold)|rare(?:ly)?|uncommon|each|both|all|any|following|events?(?!\w)|total|group|arm|women|
    men|adults|children|
    incidence|frequency|rate|uncertain|(?:un)?marked|asterisk\w*|italici[sz]ed|known|certain|minor|causal\w*|during|
    after(?!\s?birth)|before|between|among|
    other|others|unknown|
    (?:mild|moderate|severe)$|see|per|with\ or\ without|one|two|three|least)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN_EVENT = re.compile(
    r"\b(?:cerebrovascular|cardiovascular|thrombo\w*|cardiac|vascular|ischemic|bleeding|hemorrhagic) events?\b", re.I
)
_LIMIT = re.compile(
    r"""\ ?\([^()]{0,60}(?:ULN|upper\ limit\ of\ normal)[^()]{0,60}\)|\ ?\(?(?:to\ |of\ |levels?\ |
    values?\ )*(?:[<>≥≤]|(?:greater|more)\ than|exceeding|at\ least|above)\ ?
    (?:\d{1,3}(?:\.\d+)?|three|five|ten)\ ?(?:[x×]|times)\ ?(?:the\ )?
    (?:ULN|upper\ limits?\ of\ (?:the\ )?normal(?:\ range)?)\)?""",
    re.VERBOSE | re.IGNORECASE,
)
"""A limit that belongs to the name of a laboratory finding."""
_GENERAL = re.compile(
    r"(?:(?:serious|severe|fatal|common|overall|treatment-(?:emergent|related)|drug-related|non-?serious|related|local|"
    r"systemic|clinical) )*"
    r"(?:(?:adverse|side|undesirable|untoward) )?(?:drug )?(?:events?|reactions?|effects?|experiences?|complaints?|"
    r"symptoms?|toxicity)|grades? \d(?:(?: (?:or|and|to) |–|-)\d)?",
    re.IGNORECASE,
)
_NAMED_DIGITS = re.compile(r"covid-19|sars-cov-2|(?:vitamin )?b-?(?:6|12)\b|type [12] diabetes|\bt[34]\b|grades? \d", re.I)
_ADJECTIVE = re.compile(
    r"(?:al|ic|ous|ive|ary|ar|ed|upper|lower|mild|moderate|severe|acute|chronic|non-fatal|new|dry|muscle|eye|body|facial)$"
)
_NAMES = frozenset(
    ("stevens", "johnson", "guillain", "barré", "barre", "merkel", "kaposi", "crohn", "parkinson", "cushing", "raynaud",
     "candida", "clostridium", "clostridioides", "escherichia", "bell", "coombs", "addison", "hodgkin", "alzheimer",
     "fanconi", "peyronie")
)  # fmt: skip
"""Names of persons and germs, which keep their capital."""


_CHANGE = re.compile(r"(?:elevat|increas|decreas|reduc|ris|chang|abnormal|loss)\w* (?:of|in) ", re.IGNORECASE)
"""What befell all that is named behind it: "increases in ALT and AST"."""


def parts(text: str) -> list[str]:
    """Return the parts of a list at its own commas and semicolons and its last "and", none of them empty.

    A comma in brackets is no border; neither is an "and" that joins two adjectives.

    >>> parts("nausea, fatal and non-fatal hepatitis (rare, acute), rash and fever")
    ['nausea', 'fatal and non-fatal hepatitis (rare, acute)', 'rash', 'fever']
    """
    found, depth, start = [], 0, 0
    for place in re.finditer(r"[()\[\],;]", text):
        char = place[0]
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(0, depth - 1)
        elif not depth:
            found.append(text[start : place.start()].strip())
            start = place.end()
    found.append(text[start:].strip())
    found = [part for part in found if part]
    if not found:
        return []
    *rest, last = found
    if re.match(r"(?:and|or|and/or) ", last, re.I):
        return [*rest, re.sub(r"^(?:and/or|and|or) ", "", last, flags=re.I)]
    return [*rest, *_halves(last, bool(rest))]


def _halves(last: str, in_list: bool) -> list[str]:
    before, joined, after = _rpartition_and(last)
    if not joined or _ADJECTIVE.search(before.rsplit(" ", 1)[-1]):
        return [last]
    if not in_list and _CHANGE.match(last):
        return [last]
    if not in_list and " " not in before and " " in after.split(" (")[0]:
        return [last]
    return [before, after]


def _rpartition_and(text: str) -> tuple[str, str, str]:
    outside = _ASIDE.sub(lambda aside: "\0" * len(aside[0]), text)
    at = max(outside.rfind(" and "), outside.rfind(" and/or "))
    if at < 0:
        return text, "", ""
    word = re.match(r" and(?:/or)? ", text[at:])
    return (text[:at], " and ", text[at + word.end() :]) if word else (text, "", "")


def effect(text: str) -> str | None:
    """Return the name of an effect as a record writes it, or None if the text is none.

    >>> effect("and Increased sweating*"), effect("Stevens-Johnson syndrome"), effect("patients were treated")
    ('increased sweating', 'Stevens-Johnson syndrome', None)
    """
    limit = _LIMIT.search(text)
    name = _ASIDE.sub("", _LIMIT.sub("", text))
    name = _TAIL.sub("", name.strip(" \t•*†‡§–-,.;:\"'“”"))
    name = _LEAD.sub("", name, count=1) if _LEAD.match(name) else name
    name = " ".join(name.split())
    if (
        not 3 <= len(name) <= 90
        or name.count(" ") >= WORDS
        or any(char in name for char in "%=<>≥≤()[]:•")
        or not name[0].isalpha()
    ):
        return None
    if re.search(r"\d", _NAMED_DIGITS.sub("", name)) or _GENERAL.fullmatch(name):
        return None
    if _SENTENCE.search(_PLAIN_EVENT.sub("", name)) or re.search("[\ue000-\uf8ff]", name):
        return None
    if re.search(r"\b(?:of|in|with|and|or|the|to|for|by|at|as|on|a|an|from|than)$", name, re.I) or re.match(
        r"(?:of|in|with|to|for|by|at|as|on|from) ", name, re.I
    ):
        return None
    name = " ".join(_lower(word) for word in name.split(" "))
    return f"{name} {limit[0].strip()}" if limit else name


def _lower(word: str) -> str:
    bare = word.strip("\"'(),")
    if bare[1:].islower() or len(bare) == 1:
        root = re.split(r"['-]", bare.lower())[0]
        kept = "'s" in bare or root in _NAMES
        return word if kept else word.lower()
    if bare.isupper() and bare.isalpha() and len(bare) > 5:
        return word.lower()
    # Title case of both halves: "Non-Cardiac" is lowered, "Stevens-Johnson" is a name.
    if re.fullmatch(r"(?:Non|Pre|Post|Anti|Multi|Self|Flu|Over|Under)-[A-Z][a-z]+", bare):
        return word.lower()
    return word
