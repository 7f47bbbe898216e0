"""Shares in running text: percentages and ``1/100`` found, told from other percentages, and made into incidences."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from drugref.bands import band_of
from drugref.lexicon.forms import FLUIDS, IN_PERCENT
from drugref.lexicon.patterns import either
from drugref.lexicon.people import ORIGINS, SEXES, TREATED
from drugref.model import Incidence


class Share(NamedTuple):
    """One percentage of a text, or one share written ``1/100``."""

    start: int
    end: int
    incidence: Incidence | None
    """What it says; None where it is no share of patients, or cannot be read."""


_SPELLED = {
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2011": "-", "\u2010": "-", "\u2212": "-", "—": "–", "®": "", "™": "",
    "≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "\uf0b3": "≥", "\uf0a3": "≤", "\uf0b7": "•", "●": "•", "▪": "•", "’": "'",
}  # fmt: skip
SPELLINGS = str.maketrans(_SPELLED)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_Rewrites = tuple[tuple[tuple[str, ...], re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]
_REWRITTEN: _Rewrites = (
    (
        ("see",),
        re.compile(r"\[ ?+see\b[^\[\]]*+\]|\(see\b[^()]{0,200}+(?:\([^()]{0,60}+\)[^()]{0,200}+){0,4}+\)", re.I),
        "\x1f",
    ),
    (("(",), re.compile(r"\( ?\d{1,2}(?:\.\d{1,2})(?: ?[,;–-] ?\d{1,2}\.\d{1,2}){0,9} ?\)"), "\x1f"),
    # A reference before a capital stands where the full stop would: the headings and highlights of a label have none.
    (("\x1f",), re.compile(r"(?<=[\w%)]) ?\x1f(?: ?\x1f)*+(?= ?[A-Z])"), "."),
    (("\x1f",), re.compile("\x1f"), ""),
    (("cent",), re.compile(r"\bper ?cent\b", re.I), "%"),
    ((" %",), re.compile(rf"\b({'|'.join(_NUMBERS)}) %", re.I), lambda share: f"{_NUMBERS.index(share[1].lower()) + 1}%"),
    (("e.g.",), re.compile(r"\be\.g\.", re.I), "eg"),
    (("i.e.",), re.compile(r"\bi\.e\.", re.I), "ie"),
    ((">=", "=>", "or equal to"), re.compile(r">=|=>|\b(?:greater|more) than or equal to\b", re.I), "≥"),
    (("<=", "=<", "or equal to"), re.compile(r"<=|=<|\bless than or equal to\b", re.I), "≤"),
    (("( ", "[ ", " )", " ]", " ,", " ;", " :"), re.compile(r"(?<=[(\[]) | (?=[)\],;:])"), ""),
    ((".%", ". %"), re.compile(r"(?<=\d)\.(?= ?%)"), ""),
)
"""What is written in one way: letters some of which stand wherever it occurs, the pattern, and that way."""


def normalised(line: str) -> str:
    """Return one line of a label with one spelling for signs and spaces, and without references to other sections."""
    if not line.isascii():
        line = _PRIVATE.sub(" ", line.translate(SPELLINGS))
    folded = line.lower()
    for letters, pattern, spelling in _REWRITTEN:
        if any(some in folded for some in letters):
            line = pattern.sub(spelling, line)
            folded = line.lower()
    return " ".join(line.split())


_SIGNS = {
    "<": r"<|less than|fewer than|under|below",
    "≤": r"≤|up to|as (?:many|much|high) as|no more than|not more than|at most|maximum of",
    "≥": r"≥|at least|not less than|no less than",
    ">": r">|(?:greater|more|higher) than|over|exceeding|in excess of",
    "": r"about|approximately|approx\.|around|roughly|~|≈|an? estimated",
    "between": r"between",
}
_SIGN = "|".join(_SIGNS.values()).replace(" ", r"\ ")
_NUMBER = r"(?:\d{1,3}(?:\.\d{1,4})?|\.\d{1,4})"
_PERCENT = re.compile(
    rf"""(?<![\d.,/])(?:(?<!\w)(?P<sign>{_SIGN})\ ?(?:the\ )?(?:about\ |approximately\ )?)?
    (?<![\d.,/])(?P<low>{_NUMBER})\ ?(?P<unit>%)?
    (?:\ ?(?P<join>–|-|to|and|but|through|,)\ ?(?P<sign2><|≤|≥|>|less\ than|at\ least)?\ ?(?P<high>{_NUMBER})\ ?(?=%))?
    (?(high)%|(?(unit)|(?!)))
    (?:\ or\ (?P<more>more|greater|higher|above|less|fewer|lower)\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_ONE_IN = r"(?:1/|(?:1|one)\ (?:in|per|of\ every|out\ of|out\ of\ every)\ )"
_FRACTION = re.compile(
    rf"""(?<![\d.,/])(?:(?<!\w)(?P<sign>{_SIGN})\ ?)?{_ONE_IN}(?P<first>\d{{1,3}}(?:[, ]?000)*+|
    \d{{4,7}})(?![\d/])
    (?:\ ?(?:\ patients)?(?:–|-|to|and|but|,)\ ?(?P<sign2><|≤|≥|>|(?:but\ )?(?:less|fewer)\ than|at\ least)?\ ?
    {_ONE_IN}(?P<last>\d{{1,3}}(?:[, ]?000)*+|\d{{4,7}})(?![\d/]))?""",
    re.VERBOSE | re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?<![\d.,/(–-])(?P<count>\d{{1,4}}) (?:out )?of (?:the |all )?(?P<all>\d{{2,5}})"
    rf"(?= (?:treated )?{either(TREATED)}\b(?! ?\([^()%]{{0,12}}%))",
    re.IGNORECASE,
)
"""Patients counted among all of them, where no percentage says it behind them."""
_SMALL = re.compile(r"\b(?:1|one) (?:in|per|of every|out of) ", re.IGNORECASE)
"""What a fraction in words begins with."""
_NOT_AFTER = re.compile(
    r"""\ ?(?:-?(?:CI\b|confidence|fold)|,?\ ?(?:w/w|w/v|v/v)|
    (?:\w+\ ){0,2}"""
    + either(IN_PERCENT, FLUIDS)
    + r"""\b|
    (?:relative\ |absolute\ |mean\ |median\ )?(?:reduction|decreases?|increases?|rise|decline|change|drop|fall|
    improvement|loss\ of|
      weight|higher|lower|greater|more|less|difference|inhibition|bound|bioavailab|identical|power)\b|
    /|per\b|annually|of\ (?:the\ |their\ |its\ |an?\ |total\ |initial\ )*
      (?:(?:body\ )?weight|baseline|normal|upper|dose|predicted|administered|drug|body\ surface|BSA|pretreatment|
      recommended|value|ULN|bod(?:y|ies)|births|pregnancies|infants|time|cases|events|reactions|deaths|episodes|reports)\b|
    (?:above|below|over|from)\ (?:baseline|normal|the)|
    (?:were\ |was\ |are\ |of\ (?:the\ )?"""
    + either(TREATED)
    + r"""\ were\ )?
      (?:"""
    + either(SEXES, ORIGINS)
    + r"""s?\b|
      (?:aged|between\ the\ ages|age\b|years|≥\ ?\d+\ years|\d+\ years|older|younger)))""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"""(?:(?:increas|decreas|reduc|lower|rais|elevat|chang|prolong|improv)\w*(?:\ \w+){0,4}\ by|(?:increased?|
    decreased?|reduction|rise|change|drop|fall|decline|difference|improvement|loss|gain)s?\ (?:of|to|from)|
    h[ae]matocrit|hba1c|fraction|saturation|weight(?:\ (?:gain|loss|increase|decrease))?(?:\ of)?|FEV1?|loss|gain|
    humidity|power|confidence\ interval|(?:less|more|fewer|greater|higher|lower|other)\ than|\bleast|\bunder|\bover|
    \bbelow|\babove|exceed\w*)\ ?[:=]?\ ?$|(?<![\w%])[-–]$""",
    re.VERBOSE | re.IGNORECASE,
)


def _sign(words: str | None) -> str:
    folded = (words or "").lower()
    return next((sign for sign, known in _SIGNS.items() if folded and re.fullmatch(known, folded)), "")


def _range(match: re.Match[str]) -> Incidence | None:
    """Read two numbers as one share, or None where they are two shares, or a count and a share."""
    first, second, join = _sign(match["sign"]), _sign(match["sign2"]), match["join"].lower()
    low, high = _number(match["low"]), _number(match["high"])
    if first in ("<", "≤") and second in ("≥", ">"):
        return _between(high, low, first)
    bounded = first in ("≥", ">") and second in ("<", "≤")
    plain = first in ("", "between", "≥") and second in ("", "<", "≤") and join in ("–", "-", "to", "through")
    return _between(low, high, second) if bounded or plain or (first == "between" and join == "and") else None


def _between(low: str, high: str, sign: str) -> Incidence | None:
    """Return what lies between two bounds; the upper one lies outside if its sign says so."""
    return _incidence(f"{low} to < {high} %" if sign == "<" else f"{low}–{high} %")


def within(incidence: Incidence) -> Incidence:
    """Return a range that stands over a list: each effect has one figure within it, and the upper bound is the next list's.

    A range within one band stays as it is printed.

    >>> [str(within(Incidence.parse(text))) for text in ("0.1–1 %", "5–10 %", "2–3 %", "0.5–2 %", "12 %")]
    ['0.1 to < 1 %', '5 to < 10 %', '2–3 %', '0.5 to < 2 %', '12 %']
    """
    low, high = incidence.low, incidence.high
    if low is None or high is None or low == high or band_of(low) == band_of(high):
        return incidence
    return Incidence.parse(f"{low:g} to < {high:g} %")


def _single(sign: str | None, number: str, more: str | None = None) -> Incidence | None:
    before, folded = _sign(sign), (more or "").lower()
    after = "≥" if folded in ("more", "greater", "higher", "above") else "≤" if folded else ""
    return None if before == "between" or (before and after) else _incidence(f"{before or after} {_number(number)} %".strip())


def _number(digits: str) -> str:
    return f"0{digits}" if digits.startswith(".") else digits


def _part(denominator: str) -> str:
    share = Decimal(100) / Decimal(re.sub(r"[, ]", "", denominator))
    return f"{share.normalize():f}"


def _fraction(match: re.Match[str]) -> Incidence | None:
    if int(re.sub(r"\D", "", match["first"])) < 2 or (match["last"] and int(re.sub(r"\D", "", match["last"])) < 2):
        return None
    sign, first = _sign(match["sign"]), _part(match["first"])
    if not match["last"]:
        return None if sign == "between" or len(first) > 6 else _incidence(f"{sign} {first} %".strip())
    last = _part(match["last"])
    low, high = sorted((first, last), key=Decimal)
    above = sign if high == first else _sign(re.sub("^but ", "", match["sign2"] or "", flags=re.IGNORECASE))
    return None if max(len(low), len(high)) > 6 else _between(low, high, above)


def _incidence(text: str) -> Incidence | None:
    try:
        return Incidence.parse(text)
    except ValueError:
        return None


def shares_in(text: str) -> list[Share]:
    """Return the percentages and fractions of a sentence in their order, those that are no share of patients among them.

    >>> [str(share.incidence) for share in shares_in("between 0.1% and 1% of patients; 95% CI; at least 1/100")]
    ['0.1–1 %', 'None', '≥ 1 %']
    """
    found = []
    if "%" in text:
        for match in _PERCENT.finditer(text):
            if not match["high"]:
                found.append(_share(text, *match.span(), _single(match["sign"], match["low"], match["more"])))
            elif incidence := _range(match):
                found.append(_share(text, *match.span(), incidence))
            else:
                if match["unit"]:
                    found.append(_share(text, match.start(), match.end("unit"), _single(match["sign"], match["low"])))
                start = match.start("sign2" if match["sign2"] else "high")
                found.append(_share(text, start, match.end(), _single(match["sign2"], match["high"], match["more"])))
    if "1/" in text or _SMALL.search(text):
        found.extend(_share(text, *match.span(), _fraction(match)) for match in _FRACTION.finditer(text))
    found.extend(_counted(match) for match in _COUNT.finditer(text))
    found.sort(key=lambda share: share.start)
    return found


def _counted(match: re.Match[str]) -> Share:
    """Return the share that a number of patients is of all of them; none where that makes no sense."""
    count, all_ = int(match["count"]), int(match["all"])
    return Share(*match.span(), _incidence(f"{100 * count / all_:.2g} %") if count < all_ else None)


def _share(text: str, start: int, end: int, incidence: Incidence | None) -> Share:
    other = _NOT_AFTER.match(text, end) or _NOT_BEFORE.search(text, max(0, start - 40), start)
    return Share(start, end, None if other else incidence)
