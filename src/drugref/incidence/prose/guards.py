"""Guards: words that say of a sentence that its percentages are no figures of an effect."""

from functools import lru_cache

from drugref.incidence.rules import Rule, found
from drugref.lexicon.leaving import LED_TO, OUTCOMES, STOPPING
from drugref.lexicon.patterns import either, entries
from drugref.lexicon.people import SEXES, TREATED

STOPPED = "stopped treatment"
"""The one guard whose sentences often tell first how often the effect was seen."""
GUARDS = (
    Rule(
        STOPPED,
        (*STOPPING, rf"{either(LED_TO)} (?:\w+ ){{0,3}}{either(OUTCOMES)}"),
        "9% of patients discontinued treatment because of nausea (2%).",
    ),
    Rule(
        "efficacy",
        entries(r"""
            \befficacy\b
            \bresponders?\b
            response rates?
            \bresponded\b
            \bremission
            \bsurvival\b
            \bcured?\b
            \brelapsed?\b
            \breduc(?:ed|es|ing|tion in) the (?:incidence|risk|rate|frequency)
        """),
        "Remission occurred in 40% of patients.",
    ),
    Rule(
        "background rate",
        entries(r"""
            background
            general population
            \bbirth defects\b
            expected rate
            epidemiologic
        """),
        "The background risk of miscarriage is 15 to 20 %.",
    ),
    Rule(
        "animals",
        entries(r"""
            \brats?\b
            \bmice\b; \bmouse\b
            \bdogs?\b
            \bmonkeys?\b
            \brabbits?\b
            \banimals?\b
        """),
        "Tumors occurred in 12% of rats.",
    ),
    Rule(
        "other drugs of its class",
        entries(r"""
            \bdrug-treated\b
            \btreated with (?:an )?(?:atypical )?(?:antidepressants?|antipsychotics?|antiepileptic|AEDs?)\b
            \b(?:atypical|conventional|other) (?:antipsychotic|antidepressant)s?\b
        """),
        "Death occurred in 12% of drug-treated patients.",
    ),
    Rule("overdose", ("overdos",), "Seizures were reported in 12% of overdoses."),
    Rule(
        "kinetics",
        entries(r"""
            protein[- ]bind
            \bbound to
            bioavailab
            half-life
            \bAUC\b
            C ?max
            excreted in
            plasma concentration
            absor(?:bed|ption)
        """),
        "Protein binding is 95%.",
    ),
    Rule(
        "antibodies",
        entries("""
            antibod
            immunogenic
            neutrali[sz]ing
            seroconver
        """),
        "Antibodies developed in 12% of patients.",
    ),
    Rule(
        "part of those affected",
        (
            r"\bof (?:these|those|whom|which)\b(?! (?:receiving|treated|taking|who (?:received|took)|given|on)\b)",
            r"\bamong (?:these|those (?:with|who (?:developed|experienced|had|reported)))",
            rf"of the(?: \w+)? (?:{either(TREATED, SEXES)}|cases) who (?:had|developed|experienced|reported)",
            r"\bresolved\b",
            r"\brecovered\b",
        ),
        "Of these, 40% had pain.",
    ),
    Rule(
        "negated",
        (
            *entries(r"""
                \bno (?:patients?|cases?|subjects?|reports?|difference|evidence)
                \bnone of
                \bneither\b
                \bd(?:id|o|oes) not\b(?! appear in the\b)
                \bnot (?:significantly |statistically )?differ
                less than expected
            """),
            r"\b(?:was|were|has|have) not\b(?! (?:yet )?(?:been )?"
            r"(?:established|listed|included|described|mentioned|known|determined|clear|necessar))",
        ),
        "The incidence of rash did not differ (5% vs 5%).",
    ),
    Rule(
        "rate over time",
        entries(r"""
            patient-?\s?years?
            person-?\s?years?
            per year
            per 1,?000
            per 100\b
            annual
        """),
        "Fractures occurred in 1.2% of patients per year.",
    ),
)
"""Why a sentence's percentages are no figures of an effect, the first that holds."""
BY_NAME = {rule.name: rule for rule in GUARDS}


@lru_cache(maxsize=256)  # a sentence and its lead are asked again for each form
def guarded(sentence: str) -> str | None:
    """Return why a sentence's percentages are no figures of an effect, or None."""
    return found(GUARDS, sentence)
