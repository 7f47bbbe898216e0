"""What a label's statement is, by its words: a use or a limit, a contraindication or none, a mechanism that is known or not."""

from typing import Literal

from drugref.incidence.rules import Rule, found, whole
from drugref.lexicon.patterns import entries
from drugref.model import Certainty

LIMITS = (
    Rule(
        "not for it",
        entries(r"""
            \bnot (?:\w+ ){0,2}(?:indicated|recommended|approved|for use)\b
            \bnot (?:to )?be used\b; \bnot intended\b
            \bindicated as concomitant\b
            limitations? of use
            should not; \bdo(?:es)? not\b; \bwill not\b; \bcannot\b
            should be (?:carried out|initiated|reserved|discontinued|monitored|given|considered)
            contraindicated
        """),
        "Examplin is not indicated for gout",
    ),
    Rule(
        "not shown",
        entries(r"""
            \bnot been (?:\w+ly )?(?:established|studied|shown|evaluated|demonstrated|determined)
        """),
        "Its use in gout has not been studied",
    ),
)
"""What a statement among the indications says that is none."""
INDICATES = (
    Rule(
        "what it is for",
        entries(r"""
            \bindicated\b
            \beffective (?:for|in)\b
            \bused (?:for|in|to|as)\b
        """),
        "Examplin is indicated for gout",
    ),
)
"""What a sentence among the indications says that is one."""
FORBIDS = (
    Rule(
        "what it must not be used with",
        entries(r"""
            contraindicat
            should not; must not; \bdo not
            \bavoid
        """),
        "Do not use examplin with emptazole",
    ),
    Rule("an allergy", entries("hypersensitiv; allerg"), "Known hypersensitivity to examplin"),
    Rule("what asks for care", (r"\bcaution",), "Use with caution in gout"),
)
"""What a sentence among contraindications and cautions says that is one."""
REPORTS = (
    Rule(
        "what was seen",
        entries(r"""
            \b(?:has|have) (?:also )?(?:been )?(?:reported|observed|occurred|included|ranged|experienced|seen|demonstrated)\b
            \b(?:was|were) (?:reported|observed|seen)\b
            ^(?:observed )?reactions (?:have|include)
            \boccurred\b
        """),
        "Hypersensitivity reactions have been reported",
    ),
    Rule(
        "what may happen",
        entries(r"""
            \bcan (?:cause|result|lead)
            \bmay (?:cause|result|increase|lead|include)
            \bis (?:seen|unlikely|possible)\b
        """),
        "Allergy to examplin may cause shock",
    ),
    Rule(
        "what is not known",
        entries(r"limited information; not been established; \bunknown whether"),
        "Limited information on allergy",
    ),
    Rule("what asks for care alone", (r"\bcaution",), "Caution in patients with allergy"),
)
"""What a statement among the contraindications says that forbids nothing."""
PROHIBITS = (
    Rule(
        "what forbids",
        entries(r"contraindicat; should not; must not; \bdo not; \bnever\b; \bavoid; \bnot be\b; shouldn't"),
        "Examplin must not be used in gout",
    ),
)
"""What forbids, whatever else the sentence says."""
FRAGMENTS = (
    Rule(
        "an order",
        (r"(?:select|confirm|administer|consider|discontinue|monitor|obtain)\b.*",),
        "Select patients by a test for gout",
    ),
    Rule("a reference", (r"(?:drug interactions:? )?(?:see|refer to)\b.*",), "See Warnings on allergy"),
    Rule(
        "a part of a sentence",
        (
            r".*\b(?:of|with|in|to|the|an?|by|for|from|who|that|which|including|being|treated with|such as)",
            r".*\b(?:is|are|limited to|due)",
            r"(?:patients|who|whose|with|at least|an?|the)\b.*\b(?:and|or|and/or)",
            r"(?:of|in whom|who|whom|whose|which|and|or|but|than)\b.*",
        ),
        "patients weighing at least 20 kg, and",
    ),
)
"""What begins or ends inside a sentence."""
ELSEWHERE = (Rule("a contraindication among the cautions", ("contraindicat",), "Examplin is contraindicated in gout"),)
"""What a caution says that makes it more than one: it is kept as text, and never a caution."""
NONE = (
    Rule(
        "no contraindication",
        (r"(?:there are )?(?:none|no(?:ne)? known)(?: contraindications?)?(?: known)?",),
        "There are no known contraindications",
    ),
)
"""What a whole statement says where there is nothing to state."""
UNKNOWN = (
    Rule(
        "unknown",
        entries(r"""
            \b(?:is|are|remains?) (?:unknown|not known|unclear|uncertain)\b
            has not been (?:determined|established)
        """),
        "How examplin acts is unknown",
    ),
    Rule(
        "uncertain",
        (r"\bnot (?:been )?(?:\w+ )?(?:understood|known|established|elucidated|clear|determined)\b",),
        "How examplin acts is not fully understood",
    ),
    Rule(
        "probable",
        entries(r"""
            \bthought\b; \bbelieved\b; \bpresumed\b; \bpostulated\b; \bproposed\b
            \bappears?\b; \bmay\b; \bsuggests?\b
            \bprobably\b; \blikely\b
        """),
        "Examplin probably acts in the spinal cord",
    ),
)
"""How sure a label is of a mechanism, by the name of the certainty, from least to most."""

Part = Literal["uses", "contraindications", "cautions"]


def refused(part: Part, lead: str, text: str, *, listed: bool) -> str | None:
    """Return why a statement is no fact of a part, or None. An item of a list is to the point, a sentence by its words.

    >>> refused("cautions", "", "Examplin is contraindicated in gout", listed=True)
    'a contraindication among the cautions'
    """
    if why := whole(FRAGMENTS, text):
        return why
    if part == "uses":
        return found(LIMITS, f"{lead} {text}") or (None if listed or found(INDICATES, text) else "a sentence on something else")
    if part == "cautions" and (why := found(ELSEWHERE, text)):
        return why
    if part == "contraindications" and not found(PROHIBITS, text) and (why := found(REPORTS, text)):
        return why
    return whole(NONE, text) or (None if listed or found(FORBIDS, text) else "a sentence on something else")


def states_none(text: str) -> bool:
    """Tell whether a statement says that there is nothing to state."""
    return whole(NONE, text) is not None


def is_limit(heading: str) -> bool:
    """Tell whether a heading among the indications stands over what is none."""
    return found(LIMITS, heading) is not None


def certainty_of(text: str) -> Certainty:
    """Return how sure a label is of a mechanism, by its words."""
    return found(UNKNOWN, text) or "established"  # type: ignore[return-value]  # the rules are named so
