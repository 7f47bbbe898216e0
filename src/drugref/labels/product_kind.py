"""What is sold under a US label, told by what the label declares and, where that is too coarse, by its words.

FDA's types know prescription and OTC. Homeopathic products, antiperspirants and sunscreens are OTC drugs there, some fifth
part of all labels, and nobody looks a medicine up among them.
"""

import re

from drugref.model import ProductKind

_HOMEOPATHIC = ("homeopath", "homoeopath", "hpus", "[hp_")
"""The words, the pharmacopoeia, and what SPL's units of homeopathic dilutions begin with."""
_DILUTION = re.compile(r"\b\d{1,4}\s?(?:[XCM]|[DC]H|CK|LM)\b", re.IGNORECASE)
"""6X, 30C, 200 CK."""
_POTENCIES = re.compile(r"\bpotenc(?:y|ies)\b")
_NOT_EVALUATED = re.compile(
    r"\bnot (?:been )?(?:FDA[- ]evaluated|(?:evaluated|reviewed|approved) by (?:the )?"
    r"(?:US |U\.S\. )?(?:FDA\b|Food (?:and|&) Drug Administration))",
    re.IGNORECASE,
)
_SPF = re.compile(r"\bSPF[\s-]*\d", re.IGNORECASE)
_SUNSCREEN = re.compile(r"\bsun ?screens?\b", re.IGNORECASE)
_BESIDE_SUNSCREEN = re.compile(r"\b(?:purposes?|sun ?screens?|skin|lip|sunburn|protectants?|and|for)\b|[\W\d_]", re.IGNORECASE)
"""What may stand beside the word in a sunscreen's purpose."""
_ANTIPERSPIRANT = re.compile(r"\banti-?perspirants?\b", re.IGNORECASE)
_BIOLOGICALS = ("vaccine", "plasma derivative", "allergenic", "cellular therapy", "manipulated cells")


def kind_of(declared: str, ingredients: str = "", purpose: str = "", title: str = "", text: str = "") -> ProductKind:
    """Tell what is sold under a label.

    ``declared`` is FDA's type of the label, its marketing category, or both, as ``HUMAN OTC DRUG``; ``ingredients`` what the
    label says of active ingredients, with their strengths; ``purpose`` its section of that name; ``text`` the label's words
    or a sample of them. What a prescription label says in passing of homeopathic products is not believed.
    """
    kind = _declared(declared)
    if kind in ("cosmetic", "homeopathic"):
        return kind
    if _is_homeopathic(f"{ingredients} {purpose} {title}") or len(_DILUTION.findall(ingredients)) > 1:
        return "homeopathic"
    if kind == "prescription":
        return kind
    if _is_homeopathic(text) or ("potenc" in text and _POTENCIES.search(text) and len(_DILUTION.findall(text)) > 1):
        return "homeopathic"
    if ("FDA" in text or "Drug" in text) and _NOT_EVALUATED.search(text):
        return "homeopathic" if _DILUTION.search(ingredients) else "other"
    if _SUNSCREEN.search(purpose) and not _BESIDE_SUNSCREEN.sub("", purpose):
        return "sunscreen"
    if not purpose.strip() and (_SPF.search(title) or _SUNSCREEN.search(title)):
        return "sunscreen"
    if _ANTIPERSPIRANT.search(purpose):
        return "cosmetic"
    return kind


def _is_homeopathic(text: str) -> bool:
    lower = text.lower()
    return any(word in lower for word in _HOMEOPATHIC)


def _declared(declared: str) -> ProductKind:
    words = declared.lower()
    if "homeopathic" in words:
        return "homeopathic"
    if "cosmetic" in words:
        return "cosmetic"
    if "dietary supplement" in words or "medical food" in words:
        return "other"
    if "prescription" in words or any(name in words for name in _BIOLOGICALS):
        return "prescription"
    return "otc" if re.search(r"\botc\b", words) else "other"
